/** Tests of the trainer as a whole. */
@NullMarked
package coldstream.trainer;

import org.jspecify.annotations.NullMarked;
