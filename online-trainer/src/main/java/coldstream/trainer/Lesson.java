package coldstream.trainer;

import coldstream.trainer.in.ItemChange;
import coldstream.trainer.in.Step;
import coldstream.trainer.learning.StepResult;
import java.util.List;
import java.util.Optional;

/** What applying a step means to a learner. */
final class Lesson {

    private Lesson() {}

    /**
     * Gives the learner everything of a step, in order; samples that were skipped before are skipped again.
     *
     * @return what the samples came to; empty without samples
     */
    static Optional<StepResult> give(Learning learner, Step step) {
        step.record().directives().orElse(List.of()).forEach(learner::directive);
        for (ItemChange change : step.items()) {
            change.item().ifPresentOrElse(learner::item, () -> learner.retire(change.id()));
        }
        step.vectors().forEach(learner::vector);
        step.scores().forEach(learner::scores);
        step.profiles().forEach(learner::profile);
        if (step.samples().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(step.skipped()
                .map(reason -> learner.skip(step.samples(), reason))
                .orElseGet(() -> learner.step(step.samples())));
    }
}
