/** Keeps snapshots as immutable versions, decides which one serves, and tells the world: over HTTP as MLflow speaks it. */
@NullMarked
package coldstream.registry;

import org.jspecify.annotations.NullMarked;
