package coldstream.trainer.learning;

import static coldstream.domain.Check.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that decides what is learnt from the same stream: {@link #KNOBS} by name.
 *
 * <p>Built from {@link #defaults} by {@link #with}; a name that is no knob, or a value out of bounds, is refused at once.
 */
public final class LearnerConfig {

    /** Every knob with its default and meaning, in the order people read them. */
    public static final List<Knob> KNOBS = List.of(
            new Knob("seed", "0", "of every random draw"),
            new Knob("backbone", "dcnv2", "which network turns features into a logit: dcnv2 or deepfm"),
            new Knob("guidance", "s-llmr+residual", "none, or s-llmr and residual joined by +"),
            new Knob("gate", "reliability", "trust in language-model pairs: off, global, literal or reliability"),
            new Knob(
                    "labels",
                    "implicit",
                    "implicit draws negatives for a positive; explicit takes labels as they come"),
            new Knob("negatives", "2", "items drawn against each positive, 1 to 100"),
            new Knob("warm-up", "0", "samples trained before predictions count in the metrics"),
            new Knob("dimension", "32", "numbers per row, 1 to 512"),
            new Knob("history", "20", "latest history items pooled into a feature, 1 to 50"),
            new Knob("item-row-start", "text", "text starts an item's row from its text vector, random does not"),
            new Knob("item-row-scale", "0.3", "size of a row started from text, per number"),
            new Knob("row-rate", "0.2", "learning rate of rows"),
            new Knob("row-floor", "0.001", "added to a row's accumulated square before its root"),
            new Knob("row-spread", "0.01", "standard deviation of a random row start"),
            new Knob("dense-rate", "0.002", "learning rate of dense parameters"),
            new Knob("clip-norm", "5", "largest norm of the dense gradient"),
            new Knob("cold-history", "3", "a user with at most this many positives is cold"),
            new Knob("tail-share", "0.2", "share of active items, least popular first, that is the tail"),
            new Knob("pair-weight", "0.03", "lambda: weight of the pair loss"),
            new Knob("pair-margin", "1", "logit margin a pair must keep"),
            new Knob("pair-gap", "0.1", "least gap between a pair's scores after min-max within the request"),
            new Knob("pair-draws", "6", "random pairs of which the widest is kept"),
            new Knob("pairs", "64", "most pairs in a step"),
            new Knob("replay", "20000", "scored requests remembered"),
            new Knob("stale-after", "10", "later positives of the user that make scores stale"),
            new Knob("gate-rate", "0.005", "learning rate of the reliability gate"),
            new Knob("gate-literal-rate", "0.001", "learning rate of the literal gate"),
            new Knob("gate-anchor", "0.001", "pull of the reliability gate to its start"),
            new Knob("gate-matches", "3", "candidates compared with a realised item"),
            new Knob("residual-rate", "0.3", "learning rate of the residual's trust"),
            new Knob("threads", "1", "threads of one tensor operation; more than 1 gives up bit-for-bit repeats"),
            new Knob("device", "cpu", "where tensors are computed: cpu or gpu"));

    private static final LearnerConfig DEFAULTS = new LearnerConfig(defaultValues());

    private final Map<String, String> values;

    private LearnerConfig(Map<String, String> values) {
        this.values = values;
    }

    public static LearnerConfig defaults() {
        return DEFAULTS;
    }

    /** The defaults with these values instead. */
    public static LearnerConfig of(Map<String, String> changes) {
        LearnerConfig config = DEFAULTS;
        for (Map.Entry<String, String> change : new TreeMap<>(changes).entrySet()) {
            config = config.with(change.getKey(), change.getValue());
        }
        return config;
    }

    /** A copy with one knob turned. */
    public LearnerConfig with(String name, String value) {
        check(values.containsKey(name), "learner settings are %s, got %s", values.keySet(), name);
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new LearnerConfig(changed);
    }

    /** Every knob's value by name. */
    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    private static Map<String, String> defaultValues() {
        Map<String, String> values = new LinkedHashMap<>();
        KNOBS.forEach(knob -> values.put(knob.name(), knob.value()));
        return values;
    }
}
