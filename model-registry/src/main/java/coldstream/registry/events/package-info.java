/** How the world hears of a change. */
@NullMarked
package coldstream.registry.events;

import org.jspecify.annotations.NullMarked;
