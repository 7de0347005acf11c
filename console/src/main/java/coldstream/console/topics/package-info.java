/** What the topics say that the console follows. */
@NullMarked
package coldstream.console.topics;

import org.jspecify.annotations.NullMarked;
