/** {@code coldstream export}: a snapshot in forms other programs read. */
@NullMarked
package coldstream.app.export;

import org.jspecify.annotations.NullMarked;
