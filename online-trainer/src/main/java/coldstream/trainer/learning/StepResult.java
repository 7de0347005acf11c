package coldstream.trainer.learning;

import static coldstream.domain.Check.check;

import coldstream.domain.ScoredEvent;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one step predicted and how it learnt.
 *
 * @param step number of this step, from 1
 * @param events one per sample of the batch, in order, with the served logits
 * @param statistics of the step
 * @param skipped why nothing of it was learnt; empty for a step that was learnt, and then {@code events} are all there
 * @param said of each event's user when it was predicted
 */
public record StepResult(
        long step, List<ScoredEvent> events, Statistics statistics, Optional<String> skipped, List<Said> said) {

    public StepResult {
        events = List.copyOf(events);
        said = List.copyOf(said);
        check(said.size() == events.size(), "something is said of %d users, got %d", events.size(), said.size());
    }

    /** A step of whose users nothing was said. */
    public StepResult(long step, List<ScoredEvent> events, Statistics statistics, Optional<String> skipped) {
        this(step, events, statistics, skipped, Collections.nCopies(events.size(), Said.NOTHING));
    }

    /** As above, a step that was learnt. */
    public StepResult(long step, List<ScoredEvent> events, Statistics statistics) {
        this(step, events, statistics, Optional.empty());
    }

    /** A step that was not learnt: without events, since what it predicted says nothing. */
    static StepResult skipped(long step, String reason) {
        return new StepResult(step, List.of(), Statistics.NONE, Optional.of(reason));
    }

    /**
     * Numbers to watch.
     *
     * @param loss {@code recommendationLoss} + lambda * {@code pairLoss}, nats
     * @param recommendationLoss mean logistic loss per row, nats
     * @param pairLoss mean gated hinge per pair; 0 without pairs
     * @param pairs pairs and points trained in this step
     * @param activeHinges share of the pairs whose hinge pulled
     * @param gradientRatio norm of the dense gradient of the weighted pair loss over that of the recommendation loss
     * @param dose lambda * mean alpha of this step's pairs; 0 without pairs
     * @param goldComparisons comparisons the gate learnt from in this step
     * @param alpha mean alpha of this step's pairs by cell of the better item, such as cold_tail; a cell without pairs is
     *     absent
     */
    public record Statistics(
            double loss,
            double recommendationLoss,
            double pairLoss,
            int pairs,
            double activeHinges,
            double gradientRatio,
            double dose,
            int goldComparisons,
            Map<String, Double> alpha) {

        /** Of a step that taught nothing. */
        public static final Statistics NONE = new Statistics(0, 0, 0, 0, 0, 0, 0, 0, Map.of());

        public Statistics {
            alpha = Map.copyOf(alpha);
        }

        /**
         * @param recommendationNorm of the dense gradient of the recommendation loss
         * @param golds comparisons the gate learnt from
         * @param weight lambda
         */
        static Statistics of(
                double recommendationLoss,
                double recommendationNorm,
                PairTrainer.Outcome pairs,
                int golds,
                double weight) {
            return new Statistics(
                    recommendationLoss + weight * pairs.loss(),
                    recommendationLoss,
                    pairs.loss(),
                    pairs.terms(),
                    pairs.active(),
                    recommendationNorm > 0 ? pairs.norm() / recommendationNorm : 0,
                    weight * pairs.alpha(),
                    golds,
                    Counters.mean(pairs.cells()));
        }
    }
}
