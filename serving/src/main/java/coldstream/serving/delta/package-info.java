/** Reads what changed in a model since its snapshot, and takes in whole epochs of its line alone. */
@NullMarked
package coldstream.serving.delta;

import org.jspecify.annotations.NullMarked;
