/**
 * Measures frozen versions on the events the learner is about to learn from, beside the learner and without touching it: what
 * the registry promotes and rolls back by.
 */
@NullMarked
package coldstream.trainer.judge;

import org.jspecify.annotations.NullMarked;
