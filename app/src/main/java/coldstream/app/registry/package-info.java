/** {@code coldstream registry}: what serves, why, and what a person may do about it. */
@NullMarked
package coldstream.app.registry;

import org.jspecify.annotations.NullMarked;
