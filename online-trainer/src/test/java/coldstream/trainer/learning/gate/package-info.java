@NullMarked
package coldstream.trainer.learning.gate;

import org.jspecify.annotations.NullMarked;
