/** What the trainer does about drifts: its alarms, and how their actions reach learner, registry and language model. */
@NullMarked
package coldstream.trainer.drift;

import org.jspecify.annotations.NullMarked;
