/** What feeds the learner: four input topics, cut into steps, and the journal that makes the cuts repeatable. */
@NullMarked
package coldstream.trainer.in;

import org.jspecify.annotations.NullMarked;
