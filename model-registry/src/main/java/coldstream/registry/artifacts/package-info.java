/** The files of versions: how they come in, whole or not at all, and when they go. */
@NullMarked
package coldstream.registry.artifacts;

import org.jspecify.annotations.NullMarked;
