/** {@code coldstream status}: how everything is, for a terminal and for scripts. */
@NullMarked
package coldstream.app.status;

import org.jspecify.annotations.NullMarked;
