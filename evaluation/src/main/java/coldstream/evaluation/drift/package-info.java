/** Detectors of change in streams of numbers: what comes in, what is predicted, what came true. Pure Java, bounded memory. */
@NullMarked
package coldstream.evaluation.drift;

import org.jspecify.annotations.NullMarked;
