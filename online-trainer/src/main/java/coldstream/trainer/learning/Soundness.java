package coldstream.trainer.learning;

import coldstream.trainer.learning.gate.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a step's arithmetic held, so that it may reach the weights: every logit and loss finite, the norm of the whole
 * gradient within a bound, the gate and the residual finite after their own updates.
 *
 * @param largestNorm of the gradient of rows and dense parameters together
 */
record Soundness(double largestNorm) {

    /**
     * Asked when everything of a step is gathered and nothing applied but the gate's and the residual's own updates.
     *
     * @param labelled what broke among the labelled rows, if anything
     * @return the rule that does not hold, and the value
     */
    Optional<String> broken(OnlineLearner learner, @Nullable String labelled, double loss, double pairLoss) {
        if (labelled != null) {
            return Optional.of(labelled);
        }
        if (!Double.isFinite(loss)) {
            return Optional.of("the loss must be finite, got " + loss);
        }
        if (!Double.isFinite(pairLoss)) {
            return Optional.of("the pair loss must be finite, got " + pairLoss);
        }
        double norm = learner.model.gathered();
        if (!(norm <= largestNorm)) {
            return Optional.of("the gradient's norm must be at most " + largestNorm + ", got " + norm);
        }
        for (Map.Entry<String, List<Double>> part : learner.gate.state().entrySet()) {
            if (!Numbers.areFinite(part.getValue())) {
                return Optional.of("the gate's " + part.getKey() + " must be finite, got " + part.getValue());
            }
        }
        if (!Arrays.stream(learner.residual.weights).allMatch(Double::isFinite)) {
            return Optional.of("the residual must be finite, got " + Arrays.toString(learner.residual.weights));
        }
        return Optional.empty();
    }
}
