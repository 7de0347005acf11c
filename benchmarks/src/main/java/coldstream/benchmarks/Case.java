package coldstream.benchmarks;

import static coldstream.domain.Check.check;

import coldstream.model.ModelConfig;
import coldstream.trainer.learning.LearnerConfig;
import java.util.Map;

/**
 * What is measured.
 *
 * @param rows of a batch, B
 * @param dimension factors per row, d
 * @param threads of one tensor operation
 * @param device {@code cpu} or {@code gpu:N}
 */
record Case(String backbone, int rows, int dimension, int threads, String device) {

    Case {
        check(rows >= 1, "a batch must have at least 1 row, got %d", rows);
    }

    /** The learner's own settings, with those of the peer spelt out. */
    ModelConfig model() {
        return LearnerConfig.of(Map.of(
                        "backbone",
                        backbone,
                        "dimension",
                        Integer.toString(dimension),
                        "history",
                        Integer.toString(Workload.HISTORY),
                        "item-row-start",
                        "random",
                        "row-rate",
                        "0.2",
                        "row-floor",
                        "0.001",
                        "dense-rate",
                        "0.002",
                        "clip-norm",
                        "5",
                        "threads",
                        Integer.toString(threads),
                        "device",
                        device))
                .model();
    }
}
