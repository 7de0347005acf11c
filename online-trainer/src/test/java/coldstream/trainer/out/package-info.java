/** Tests of snapshots on disk. */
@NullMarked
package coldstream.trainer.out;

import org.jspecify.annotations.NullMarked;
