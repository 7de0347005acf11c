@NullMarked
package coldstream.trainer.learning.uncertainty;

import org.jspecify.annotations.NullMarked;
