/** Versions beside the champion: a canary that answers a share of the users, a challenger that answers nobody. */
@NullMarked
package coldstream.serving.canary;

import org.jspecify.annotations.NullMarked;
