/** Who may ask the registry for what. */
@NullMarked
package coldstream.registry.access;

import org.jspecify.annotations.NullMarked;
