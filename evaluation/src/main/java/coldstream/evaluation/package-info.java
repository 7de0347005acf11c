/**
 * How good the predictions are: areas under the ROC curve, by stratum, with their intervals. Plain Java on values of {@code
 * coldstream.domain}.
 */
@NullMarked
package coldstream.evaluation;

import org.jspecify.annotations.NullMarked;
