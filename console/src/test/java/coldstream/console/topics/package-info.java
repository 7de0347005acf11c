@NullMarked
package coldstream.console.topics;

import org.jspecify.annotations.NullMarked;
