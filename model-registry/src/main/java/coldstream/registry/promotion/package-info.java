/** Which version becomes champion, and why. */
@NullMarked
package coldstream.registry.promotion;

import org.jspecify.annotations.NullMarked;
