package coldstream.app.evaluate;

import coldstream.trainer.learning.LearnerConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One way of learning that is compared with others; its fields are the learner's knobs of these names.
 *
 * @param changes other knobs, by name
 */
record Arm(String backbone, String gate, String guidance, String itemRows, Map<String, String> changes) {

    Arm {
        changes = Map.copyOf(changes);
    }

    /** Every combination, the last list varying fastest; the first arm is what the others are compared with. */
    static List<Arm> every(
            List<String> backbones,
            List<String> gates,
            List<String> itemRows,
            List<String> guidances,
            Map<String, String> changes) {
        List<Arm> arms = new ArrayList<>();
        for (String backbone : backbones) {
            for (String gate : gates) {
                for (String rows : itemRows) {
                    for (String guidance : guidances) {
                        arms.add(new Arm(backbone, gate, guidance, rows, changes));
                    }
                }
            }
        }
        return arms;
    }

    /** The learner's configuration; a value out of bounds is refused here. */
    LearnerConfig config(long seed, long warmUp, String labels) {
        Map<String, String> knobs = new HashMap<>(changes);
        knobs.put("backbone", backbone);
        knobs.put("gate", gate);
        knobs.put("guidance", guidance);
        knobs.put("item-row-start", itemRows);
        knobs.put("labels", labels);
        knobs.put("seed", Long.toString(seed));
        knobs.put("warm-up", Long.toString(warmUp));
        return LearnerConfig.of(knobs);
    }

    boolean guided() {
        return !guidance.equals("none");
    }

    /** Such as {@code dcnv2, s-llmr+residual, reliability, text rows}. */
    @Override
    public String toString() {
        return "%s, %s, %s, %s rows".formatted(backbone, guidance, gate, itemRows);
    }
}
