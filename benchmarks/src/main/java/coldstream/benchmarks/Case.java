package coldstream.benchmarks;

import static coldstream.domain.Check.check;

import coldstream.model.ModelConfig;
import coldstream.trainer.learning.LearnerConfig;

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
        return LearnerConfig.defaults()
                .with("backbone", backbone)
                .with("dimension", Integer.toString(dimension))
                .with("history", Integer.toString(Workload.HISTORY))
                .with("item-row-start", "random")
                .with("row-optimizer", "adagrad")
                .with("row-rate", "0.2")
                .with("row-floor", "0.001")
                .with("row-decay", "1")
                .with("row-step-clip", "0")
                .with("dense-rate", "0.002")
                .with("dense-average", "0")
                .with("clip-norm", "5")
                .with("threads", Integer.toString(threads))
                .with("device", device)
                .model();
    }
}
