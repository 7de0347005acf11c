package coldstream.app.evaluate.protocol;

import static coldstream.domain.Check.check;

import coldstream.app.BackboneNames;
import coldstream.app.DriftOption;
import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.DataSets;
import coldstream.app.dataset.Drift;
import coldstream.domain.LabelRules;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that protocols share. What only one of them reads says so in its description. */
public final class EvaluateOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data set, or ml-latest-small, or simulated-shop:EVENTS:SEED; every protocol"
                    + " but gate-worlds needs one, drift takes the simulated shop by itself.")
    private @Nullable Path data;

    @Option(
            names = "--drift",
            split = ",",
            paramLabel = "NAME[@FROM[-UNTIL]]",
            converter = DriftOption.Converter.class,
            description =
                    "What changes in the simulated shop, such as sudden@0.5 or gradual@0.4-0.6: ${COMPLETION-CANDIDATES}."
                            + " All of them in one stream; with protocol drift a stream each, default every one at 0.5.",
            completionCandidates = DriftOption.Names.class)
    private List<Drift> drifts = List.of();

    @Option(
            names = "--backbone",
            split = ",",
            defaultValue = "dcnv2",
            paramLabel = "NAME",
            completionCandidates = BackboneNames.class,
            description = "Networks: ${COMPLETION-CANDIDATES}; default dcnv2. Or vw: Vowpal Wabbit on the same"
                    + " comparisons, prequential only (its own settings by --arm, such as backbone=vw,vw=--lrq ui8).")
    private List<String> backbones = List.of();

    @Option(
            names = "--guidance",
            split = ",",
            defaultValue = "none,s-llmr+residual",
            paramLabel = "ARM",
            description = "none, s-llmr, residual, profile and others, joined by +; default none,s-llmr+residual.")
    private List<String> guidances = List.of();

    @Option(
            names = "--gate",
            split = ",",
            defaultValue = "reliability",
            paramLabel = "MODE",
            description = "Trust in the language model's pairs, default reliability.")
    private List<String> gates = List.of();

    @Option(
            names = "--item-rows",
            split = ",",
            defaultValue = "text",
            paramLabel = "START",
            description = "Where an item's row starts: text (default) or random.")
    private List<String> itemRows = List.of();

    @Option(
            names = "--uncertainty",
            split = ",",
            paramLabel = "Q",
            description = "The student's uncertainty the gate sees, as the learner's setting of that name.")
    private List<String> uncertainties = List.of();

    @Option(
            names = "--teacher",
            split = ",",
            defaultValue = Arm.ENCODER,
            paramLabel = "WHO",
            description =
                    "encoder (default): text vectors; tail-users: asked besides about users who could like a tail item;"
                            + " random: noise; shuffled: text vectors of other items;"
                            + " oracle: knows the future, to prove that a good teacher is used.")
    private List<String> teachers = List.of();

    @Option(
            names = "--score-age",
            split = ",",
            paramLabel = "DAYS",
            description =
                    "How old answers and profiles are when the learner hears of them, in days of event time, such as"
                            + " 0,1,7,30; prequential only. Raise --learner stale-after to see ages alone.")
    private List<String> scoreAges = List.of();

    @Option(
            names = "--calls",
            split = ",",
            paramLabel = "SHARE",
            description =
                    "Share of the score requests that are answered, default 1; scores are a call, a profile is one,"
                            + " both are two. Prequential only.")
    private List<String> calls = List.of();

    @Option(
            names = "--learner",
            paramLabel = "NAME=VALUE[,VALUE]",
            description = "Any other setting of the learner, such as pair-weight=0.1; may be repeated."
                    + " Several values are tried one by one.")
    private List<String> learner = List.of();

    @Option(
            names = "--arm",
            paramLabel = "NAME=VALUE[,NAME=VALUE]",
            description = "An arm by itself, such as guidance=none,item-rows=random; may be repeated. Then nothing is"
                    + " combined: what an arm does not say is the first value of each option.")
    private List<String> arms = List.of();

    @Option(
            names = "--labels",
            defaultValue = "implicit",
            paramLabel = "KIND",
            description =
                    "implicit (default): every interaction is a positive; explicit: a rating below 4 is a negative.")
    private String labels = "implicit";

    @Option(names = "--first-seed", defaultValue = "0", paramLabel = "S", description = "First seed, default 0.")
    private long firstSeed;

    @Option(names = "--seeds", defaultValue = "1", paramLabel = "N", description = "Number of seeds, default 1.")
    private int seeds = 1;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N events.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the result as CSV, one line a run and stratum.")
    private @Nullable Path csv;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path out;

    @Mixin
    private PrequentialOptions prequential = new PrequentialOptions();

    @Mixin
    private DriftOptions drift = new DriftOptions();

    @Mixin
    private LeaveOneOutOptions leaveOneOut = new LeaveOneOutOptions();

    /** Refuses what no protocol can do. */
    public void checkBounds() {
        check(
                labels.equals("implicit") || labels.equals("explicit"),
                "labels must be implicit or explicit, got %s",
                labels);
        check(seeds >= 1 && seeds <= 1_000, "seeds must be 1 to 1000, got %d", seeds);
        check(limit >= 100, "limit must be at least 100, got %d", limit);
        prequential.checkBounds();
        drift.checkBounds();
    }

    /**
     * Where the data set is.
     *
     * @throws IllegalArgumentException if that was not said
     */
    public Path data() {
        if (data == null) {
            throw new IllegalArgumentException("a data set is needed, got no --data DIR");
        }
        return data;
    }

    /** Where the data set is, or this where that was not said. */
    public Path dataOr(Path other) {
        return data == null ? other : data;
    }

    /** The data set, opened. */
    public DataSet dataSet() {
        return DataSets.open(data(), drifts, System.getenv());
    }

    /** What is to change in a simulated shop. */
    public List<Drift> drifts() {
        return drifts;
    }

    /** Every arm asked for; the first is what the others are compared with. */
    public List<Arm> arms() {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        choices.put(Arm.BACKBONE, backbones);
        choices.put(Arm.GATE, gates);
        choices.put(Arm.UNCERTAINTY, uncertainties);
        choices.put(Arm.ITEM_ROWS, itemRows);
        choices.put(Arm.TEACHER, teachers);
        choices.put(Arm.GUIDANCE, guidances);
        choices.put(Arm.CALLS, calls);
        choices.put(Arm.SCORE_AGE, scoreAges);
        var choice = new ArmChoice(choices);
        if (leaveOneOut.ablation()) {
            return choice.named(leaveOneOut.ablationArms(backbones), learner);
        }
        return arms.isEmpty() ? choice.every(learner) : choice.named(arms, learner);
    }

    /** What only the prequential protocol reads. */
    public PrequentialOptions prequential() {
        return prequential;
    }

    /** What only the drift protocol reads. */
    public DriftOptions drift() {
        return drift;
    }

    /** What only leave-one-out reads. */
    public LeaveOneOutOptions leaveOneOut() {
        return leaveOneOut;
    }

    /** {@code implicit} or {@code explicit}. */
    public String labels() {
        return labels;
    }

    public LabelRules labelRules() {
        return labels.equals("implicit") ? LabelRules.IMPLICIT : LabelRules.EXPLICIT;
    }

    /** The seeds to run, ascending. */
    public List<Long> seeds() {
        return LongStream.range(firstSeed, firstSeed + seeds).boxed().toList();
    }

    /** Most events to read. */
    public long limit() {
        return limit;
    }

    /** Whether people watch. */
    public boolean terminal() {
        return Boolean.getBoolean("coldstream.terminal");
    }

    /** Where the result goes as CSV. */
    public Optional<Path> csv() {
        return Optional.ofNullable(csv);
    }

    /** Where the result goes as JSON. */
    public Optional<Path> out() {
        return Optional.ofNullable(out);
    }
}
