/** How far a pair that the language model ordered is trusted: one class per mode, each with a loss of its own. */
@NullMarked
package coldstream.trainer.learning.gate;

import org.jspecify.annotations.NullMarked;
