/** What changes, sent to everybody who looks. */
@NullMarked
package coldstream.console.stream;

import org.jspecify.annotations.NullMarked;
