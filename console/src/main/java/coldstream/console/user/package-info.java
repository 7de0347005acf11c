/** Everything that is known of one user. */
@NullMarked
package coldstream.console.user;

import org.jspecify.annotations.NullMarked;
