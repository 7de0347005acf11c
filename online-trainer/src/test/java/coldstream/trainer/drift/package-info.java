@NullMarked
package coldstream.trainer.drift;

import org.jspecify.annotations.NullMarked;
