package coldstream.trainer.judge;

import coldstream.domain.Evidence;
import coldstream.domain.ScoredEvent;
import coldstream.evaluation.paired.PairedWindow;
import coldstream.wire.Comparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One comparison and what was found so far. */
final class Trial {

    /** Stands for a logit that is no number: as wrong as can be. */
    private static final float WORST = 32;

    final Comparison comparison;
    private final PairedWindow window;
    private boolean news;

    Trial(Comparison comparison, int rows) {
        this.comparison = comparison;
        window = new PairedWindow(rows);
    }

    void add(JudgedStep step, Instant now, List<float[]> arm, List<float[]> baseline) {
        window.add(
                step.fromOffsets(),
                step.toOffsets(),
                now,
                step.events(),
                sound(step.events(), arm),
                sound(step.events(), baseline));
        news = true;
    }

    /** Weights that are damaged predict NaN, and must not escape judgement by it. */
    private static List<float[]> sound(List<ScoredEvent> events, List<float[]> logits) {
        List<float[]> all = new ArrayList<>();
        for (int k = 0; k < events.size(); k++) {
            float[] sound = logits.get(k).clone();
            for (int row = 0; row < sound.length; row++) {
                if (!Float.isFinite(sound[row])) {
                    sound[row] = row == 0 && events.get(k).sample().label() == 1 ? -WORST : WORST;
                }
            }
            all.add(sound);
        }
        return all;
    }

    /** Whether something came in since the last {@link #evidence}. */
    boolean hasNews() {
        return news;
    }

    Evidence evidence(String model) {
        news = false;
        return new Evidence(
                model,
                comparison.arm(),
                comparison.baseline(),
                window.from(),
                window.to(),
                window.fromOffsets(),
                window.toOffsets(),
                window.steps(),
                window.metrics());
    }
}
