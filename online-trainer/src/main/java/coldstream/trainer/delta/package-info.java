/** What the trainer changes between two snapshots, given away epoch by epoch. */
@NullMarked
package coldstream.trainer.delta;

import org.jspecify.annotations.NullMarked;
