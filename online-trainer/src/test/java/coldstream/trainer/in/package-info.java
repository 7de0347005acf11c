/** Tests of steps, inputs and the journal. */
@NullMarked
package coldstream.trainer.in;

import org.jspecify.annotations.NullMarked;
