package coldstream.app.evaluate.drift;

import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.trainer.learning.StepResult;
import java.time.Instant;
import java.util.List;

/** Looks over a learner's shoulder. */
interface Watcher {

    /**
     * One step of the learner.
     *
     * @param event number of the step's last event, from 1
     * @param time of arrival of that event
     * @param batch what was learnt
     * @param answers of the language model that reached the learner before it
     * @param result what it predicted
     * @param learner after it
     */
    record Step(
            int event,
            Instant time,
            List<Sample> batch,
            List<SoftScores> answers,
            StepResult result,
            OnlineLearner learner) {}

    /** Takes in a step; what is raised by it. */
    List<Raised> step(Step step);
}
