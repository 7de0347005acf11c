/** Everything the registry keeps as one file, and back again. */
@NullMarked
package coldstream.registry.backup;

import org.jspecify.annotations.NullMarked;
