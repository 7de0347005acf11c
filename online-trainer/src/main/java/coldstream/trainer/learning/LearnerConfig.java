package coldstream.trainer.learning;

import static coldstream.domain.Check.check;

import coldstream.domain.Sample;
import coldstream.model.Compute;
import coldstream.model.LazyAdam;
import coldstream.model.ModelConfig;
import coldstream.model.RowAdagrad;
import coldstream.model.RowOptimizer;
import coldstream.model.RowRules;
import coldstream.model.SparseAdam;
import coldstream.model.backbone.Backbones;
import coldstream.trainer.learning.gate.GateMode;
import coldstream.trainer.learning.gate.GateSettings;
import coldstream.trainer.learning.uncertainty.Measure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
            new Knob(
                    "backbone",
                    "dcnv2",
                    "which network turns features into a logit: " + String.join(", ", Backbones.names())),
            new Knob(
                    "guidance",
                    "s-llmr+residual",
                    "none, or s-llmr, pointwise-mse, pointwise-bce, residual, profile and teacher-field joined by +"),
            new Knob("gate", "reliability", "trust in language-model pairs: " + String.join(", ", GateMode.names())),
            new Knob(
                    "labels",
                    "implicit",
                    "implicit draws negatives for each positive, beside those that come; explicit (ratings) and"
                            + " impressions (shown, not taken) draw none"),
            new Knob(
                    "calibrate",
                    "false",
                    "true serves probabilities of the catalogue: logits plus ln(negatives / items)"),
            new Knob("negatives", "2", "items drawn against each positive, 1 to 100"),
            new Knob("warm-up", "0", "samples trained before predictions count in the metrics"),
            new Knob("dimension", "32", "numbers per row, 1 to 512"),
            new Knob("history", "20", "latest history items pooled into a feature, 1 to 50"),
            new Knob(
                    "recent-positives",
                    "0",
                    "positives after which one weighs half in an item's recent count; 0: none"),
            new Knob("item-row-start", "text", "text starts an item's row from its text vector, random does not"),
            new Knob("item-row-scale", "0.15", "size of a row started from text, per number"),
            new Knob("row-optimizer", "adagrad", "how rows learn: adagrad, lazy-adam or sparse-adam"),
            new Knob("row-rate", "0.2", "learning rate of rows, with adagrad"),
            new Knob("row-floor", "0.001", "added to a row's accumulated square before its root, with adagrad"),
            new Knob("row-decay", "1", "share of the accumulated square that stays, above 0 to 1, with adagrad"),
            new Knob("row-decay-by", "touch", "what it stays for: a touch of the row, or a step"),
            new Knob("row-step-clip", "0", "longest step of a row, with adagrad; 0 is no limit"),
            new Knob("row-shrink", "0", "pull of a touched row to zero, times the rate, with adagrad"),
            new Knob("row-adam-rate", "0.01", "learning rate of rows, with lazy-adam and sparse-adam"),
            new Knob("row-first-rate", "0.001", "the same at a row's first three touches, with lazy-adam"),
            new Knob("row-spread", "0.01", "standard deviation of a random row start"),
            new Knob("row-admission-count", "1", "sights in samples after which a user or item gets a row"),
            new Knob("row-admission-probability", "1", "chance that such a sight counts, above 0 to 1"),
            new Knob("row-capacity", "0", "most rows of users, and most of items; 0 is no limit"),
            new Knob("row-ttl", "none", "how long a row may stay untouched: none, 30d, 12h, 90min or 5000steps"),
            new Knob("dense-rate", "0.002", "learning rate of dense parameters"),
            new Knob("clip-norm", "5", "largest norm of the dense gradient"),
            new Knob("largest-norm", "10000", "norm of a step's whole gradient above which the step is skipped"),
            new Knob("dense-average", "0", "share an update leaves of the dense average served; 0 serves the weights"),
            new Knob("predict-with", "training", "weights predictions are made with: training, or served"),
            new Knob("cold-history", "3", "a user with at most this many positives is cold"),
            new Knob("tail-share", "0.2", "share of active items, least popular first, that is the tail"),
            new Knob("pair-weight", "0.03", "lambda: weight of the pair loss"),
            new Knob("pair-margin", "0.2", "margin of the served logits that a pair must keep"),
            new Knob("pair-gap", "0.1", "least gap between a pair's scores after min-max within the request"),
            new Knob("pair-draws", "6", "random pairs of which the widest is kept"),
            new Knob("pair-space", "logit", "where the margin is measured: logit or probability"),
            new Knob("pair-reduction", "mean", "mean or sum over the pairs of a step"),
            new Knob("pair-choice", "drawn", "drawn pairs, or the widest of all: at most 4 a user, one per 4 rows"),
            new Knob("pair-popularity", "64", "most doublings between the counts of a pair's items, 0 to 64"),
            new Knob("pairs", "64", "most pairs in a step"),
            new Knob("replay-draw", "uniform", "uniform, or priority: by trust times range of scores times recency"),
            new Knob("replay", "20000", "scored requests remembered"),
            new Knob("stale-after", "10", "later positives of the user that make scores stale"),
            new Knob("stale-days", "0", "days of event time after which scores are stale; 0: never by time"),
            new Knob(
                    "uncertainty",
                    "entropy",
                    "what the gate takes for the student's uncertainty: " + String.join(", ", Measure.names())),
            new Knob("gate-rate", "0.005", "learning rate of the reliability gate"),
            new Knob("gate-literal-rate", "0.001", "learning rate of the literal gate, and of the schedule's"),
            new Knob("gate-anchor", "0.001", "pull of the reliability gate to its start"),
            new Knob("gate-prior", "0.5", "trust the prior-kl gate starts from and is pulled to"),
            new Knob("gate-prior-strength", "0.2", "tau: how much that prior holds against the hinge"),
            new Knob("gate-memory", "20000", "comparisons after which a cell's evidence has faded to a third"),
            new Knob("gate-matches", "3", "candidates compared with a realised item"),
            new Knob("gate-probes", "0", "share of warm users' positives that probe an encoder, whole history and cut"),
            new Knob("residual-shape", "line", "how the signal is added: a line, or a line with bends"),
            new Knob("residual-caution", "1", "standard errors taken off the residual's trust, 0 to 10"),
            new Knob("residual-prior", "3", "information that the signal deserves no trust, before any evidence"),
            new Knob("residual-memory", "30000", "comparisons after which evidence has faded to a third"),
            new Knob("profiles", "20000", "users whose taste profile is remembered, those written of last"),
            new Knob("threads", "1", "threads of one tensor operation; more than 1 gives up bit-for-bit repeats"),
            new Knob(
                    "device",
                    "auto",
                    "where tensors are computed: cpu, gpu:N, or auto: a GPU if PyTorch sees one, else the CPU"));

    private static final LearnerConfig DEFAULTS = new LearnerConfig(defaultValues());

    private final Map<String, String> values;

    final Guidance guidance;
    final GateMode gate;
    final Measure uncertainty;
    final boolean draws;
    final boolean calibrates;
    final ModelConfig model;
    final boolean predictsAsServed;
    final int negatives;
    final long warmUp;
    final double largestNorm;
    final int coldHistory;
    final double tailShare;
    final double pairWeight;
    final double pairMargin;
    final double pairGap;
    final int pairDraws;
    final GuidedLoss.Space pairSpace;
    final boolean pairsAddUp;
    final boolean pairsWidest;
    final double pairPopularity;
    final boolean replayByPriority;
    final int pairs;
    final int replay;
    final int staleAfter;
    final Duration staleTime;
    final GateSettings gateSettings;
    final int gateMatches;
    final double gateProbes;
    final boolean residualBends;
    final double residualCaution;
    final double residualPrior;
    final double residualMemory;
    final int profiles;

    private LearnerConfig(Map<String, String> values) {
        this.values = values;
        guidance = Guidance.parse(text("guidance"));
        gate = GateMode.parse(text("gate"));
        uncertainty = Measure.parse(text("uncertainty"));
        draws = oneOf("labels", "implicit", "explicit", "impressions").equals("implicit");
        calibrates = oneOf("calibrate", "true", "false").equals("true");
        model = new ModelConfig(
                seed(),
                text("backbone"),
                whole("dimension", 1, 512),
                whole("history", 1, Sample.MAX_HISTORY),
                guidance.has(Guidance.Arm.TEACHER_FIELD),
                number("recent-positives", 0, 1e12),
                oneOf("item-row-start", "text", "random").equals("text"),
                number("item-row-scale", 0, 100),
                number("row-spread", 0, 100),
                rows(),
                rules(),
                number("dense-rate", 0, 100),
                number("clip-norm", 1e-12, 1e12),
                number("dense-average", 0, 1),
                new Compute(text("device"), whole("threads", 1, 1024)));
        Backbones.of(model.backbone());
        predictsAsServed = oneOf("predict-with", "training", "served").equals("served");
        negatives = whole("negatives", 1, 100);
        warmUp = whole("warm-up", 0, Integer.MAX_VALUE);
        largestNorm = number("largest-norm", 1e-12, 1e300);
        coldHistory = whole("cold-history", 0, Sample.MAX_HISTORY);
        tailShare = number("tail-share", 1e-6, 1);
        pairWeight = number("pair-weight", 0, 1e6);
        pairMargin = number("pair-margin", 0, 1e6);
        pairGap = number("pair-gap", 0, 1);
        pairDraws = whole("pair-draws", 1, 1000);
        pairSpace = GuidedLoss.Space.valueOf(
                oneOf("pair-space", "logit", "probability").toUpperCase(Locale.ROOT));
        pairsAddUp = oneOf("pair-reduction", "mean", "sum").equals("sum");
        pairsWidest = oneOf("pair-choice", "drawn", "widest").equals("widest");
        pairPopularity = number("pair-popularity", 0, 64);
        replayByPriority = oneOf("replay-draw", "uniform", "priority").equals("priority");
        pairs = whole("pairs", 2, 100_000);
        replay = whole("replay", 1, 10_000_000);
        staleAfter = whole("stale-after", 0, 1_000_000);
        staleTime = Duration.ofSeconds((long) (86_400 * number("stale-days", 0, 36_500)));
        boolean literal = gate == GateMode.LITERAL || gate == GateMode.SCHEDULE;
        gateSettings = new GateSettings(
                gate,
                number(literal ? "gate-literal-rate" : "gate-rate", 0, 100),
                number("gate-anchor", 0, 100),
                number("gate-prior", 1e-9, 1 - 1e-9),
                number("gate-prior-strength", 1e-9, 1e9),
                number("gate-memory", 1, 1e15));
        gateMatches = whole("gate-matches", 1, 100);
        gateProbes = number("gate-probes", 0, 1);
        residualBends = oneOf("residual-shape", "line", "bends").equals("bends");
        residualCaution = number("residual-caution", 0, 10);
        residualPrior = number("residual-prior", 1e-6, 1e9);
        residualMemory = number("residual-memory", 1, 1e15);
        profiles = whole("profiles", 1, 10_000_000);
    }

    private RowOptimizer rows() {
        return switch (oneOf("row-optimizer", "adagrad", "lazy-adam", "sparse-adam")) {
            case "lazy-adam" -> new LazyAdam(number("row-adam-rate", 0, 100), number("row-first-rate", 0, 100));
            case "sparse-adam" -> new SparseAdam(number("row-adam-rate", 0, 100));
            default ->
                new RowAdagrad(
                        number("row-rate", 0, 100),
                        number("row-floor", 1e-12, 100),
                        number("row-decay", 1e-12, 1),
                        oneOf("row-decay-by", "touch", "step").equals("step"),
                        number("row-step-clip", 0, 1e12),
                        number("row-shrink", 0, 1e6));
        };
    }

    private RowRules rules() {
        return new RowRules(
                        whole("row-admission-count", 1, 1_000_000),
                        number("row-admission-probability", 1e-9, 1),
                        whole("row-capacity", 0, Integer.MAX_VALUE),
                        0,
                        0)
                .withLife(text("row-ttl"));
    }

    long seed() {
        try {
            return Long.parseLong(text("seed"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("seed must be a whole number, got " + text("seed"), e);
        }
    }

    private String text(String name) {
        return java.util.Objects.requireNonNull(values.get(name), name);
    }

    private String oneOf(String name, String... allowed) {
        String value = text(name);
        check(List.of(allowed).contains(value), "%s must be one of %s, got %s", name, List.of(allowed), value);
        return value;
    }

    private int whole(String name, int least, int most) {
        double value = number(name, least, most);
        check(value == Math.rint(value), "%s must be a whole number, got %s", name, text(name));
        return (int) value;
    }

    private double number(String name, double least, double most) {
        double value;
        try {
            value = Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, got " + text(name), e);
        }
        check(value >= least && value <= most, "%s must be %s to %s, got %s", name, least, most, text(name));
        return value;
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

    /** What these knobs make of the model. */
    public ModelConfig model() {
        return model;
    }

    /** What the gate is made from. */
    public GateSettings gateSettings() {
        return gateSettings;
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
