@NullMarked
package coldstream.trainer.watch;

import org.jspecify.annotations.NullMarked;
