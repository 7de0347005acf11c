@NullMarked
package coldstream.trainer.judge;

import org.jspecify.annotations.NullMarked;
