package coldstream.trainer.learning;

import static coldstream.domain.Check.check;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import coldstream.model.FeatureBatch;
import coldstream.model.Model;
import coldstream.model.RowCounts;
import coldstream.model.Trust;
import coldstream.trainer.learning.gate.Agreement;
import coldstream.trainer.learning.gate.Gate;
import coldstream.trainer.learning.gate.GateMode;
import coldstream.trainer.learning.gate.Gold;
import coldstream.trainer.learning.uncertainty.Uncertainty;
import coldstream.wire.Directive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a stream: every sample is predicted before anything is learnt from it.
 *
 * <p>One thread at a time. What it becomes depends on its config and the calls made, in order, and on nothing else.
 */
public final class OnlineLearner implements AutoCloseable {

    private final LearnerConfig config;
    final Model model;
    final Memory memory;
    final Gate gate;
    final Agreement agreement;
    final Residual residual;
    final Uncertainty uncertainty;
    final LookBack lookBack;
    final TeacherSignal teacher;
    final GoldKeeper golds;
    final Answers answers;
    final Opinions opinions = new Opinions();
    final Counters counters = new Counters();
    final Directed directed = new Directed();
    private final Gains gains = new Gains();
    private final PairTrainer pairs;
    private final Probes probes;
    private final boolean hinges;
    private final Soundness soundness;
    private @Nullable WithinEvents within;

    public OnlineLearner(LearnerConfig config) {
        this(config, new Model(config.model));
    }

    OnlineLearner(LearnerConfig config, Model model) {
        this.config = config;
        this.model = model;
        memory = new Memory(config, model.features());
        gate = Gate.of(config.gateSettings);
        agreement = new Agreement(config.gateSettings.memory());
        residual = new Residual(
                Residual.parts(Reliance.partsOfHistory(config), config.guidance.has(Guidance.Arm.PROFILE)),
                config.residualPrior,
                config.residualMemory,
                config.residualCaution);
        teacher = new TeacherSignal(
                model.features().text(), config.residualBends || config.guidance.has(Guidance.Arm.TEACHER_FIELD));
        golds = new GoldKeeper(config, memory, teacher);
        probes = new Probes(config, memory, teacher, golds);
        uncertainty = new Uncertainty(config.uncertainty);
        lookBack = new LookBack(memory, teacher);
        pairs = new PairTrainer(config, memory, teacher, residual, lookBack);
        hinges = config.guidance.trains() && config.gate != GateMode.OFF;
        answers = new Answers(config, model.features(), memory, golds, counters, hinges);
        soundness = new Soundness(config.largestNorm);
    }

    /** Continues as if never stopped; the config must agree with the one saved in all that shapes parameters. */
    public static OnlineLearner restore(Path folder, LearnerConfig config) {
        return Checkpoint.read(folder, config);
    }

    /** Adds an item to the catalogue or replaces what is known of it. */
    public void item(Item item) {
        memory.candidates.place(model.features().describe(item));
    }

    /** Takes an item out of the catalogue: it is no longer drawn or recommended; what was learnt of it stays. */
    public void retire(ItemId item) {
        model.features().retire(item);
        model.features().catalogue().find(item).ifPresent(memory.candidates::place);
    }

    /** Remembers what an item's text means. */
    public void vector(ItemVector vector) {
        model.features().vector(vector);
    }

    /** Remembers a language model's answer, from when the samples have reached the history it was asked with. */
    public void scores(SoftScores scores) {
        answers.take(scores);
    }

    /**
     * Remembers what a language model wrote of a user, from when the samples have reached the history it read. Without
     * {@code profile} guidance it is let go.
     */
    public void profile(TasteProfile profile) {
        answers.take(profile);
    }

    /** Does what a directive says, unless it did so before. */
    public void directive(Directive directive) {
        if (!directed.takes(directive)) {
            return;
        }
        switch (directive.kind()) {
            case RAISE_RATES ->
                directed.raise(
                        directive.factor().orElseThrow(),
                        counters.samples + directive.samples().orElseThrow(),
                        counters.samples);
            case RESET_GATE -> gate.restore(Gate.of(config.gateSettings).state());
        }
    }

    /** The raise of learning rates that is in effect. */
    public Optional<Haste> haste() {
        return directed.haste(counters.samples);
    }

    /**
     * Predicts the samples in order, then learns from all of them at once; or from none of them, where the arithmetic breaks
     * (see {@link Soundness}). What happened is remembered all the same: who took what, and how often.
     */
    public StepResult step(List<Sample> batch) {
        return step(batch, Optional.empty());
    }

    /** As {@link #step}, but nothing is learnt whatever the arithmetic says: the batch was skipped before, for this reason. */
    public StepResult skip(List<Sample> batch, String reason) {
        return step(batch, Optional.of(reason));
    }

    private StepResult step(List<Sample> batch, Optional<String> decided) {
        check(!batch.isEmpty(), "a step needs at least one sample");
        GuidanceState before = GuidanceState.of(this);
        double haste = directed.factor(counters.samples);
        List<Gold> gold =
                hinges ? golds.realised(model, uncertainty, draws("gold masks").next()) : List.of();
        agreement.observe(gold);
        gate.realised(gold);

        BatchPlan plan = planned(batch);
        Scored scored = new Scored(this, config.predictsAsServed ? model.servedLogits(plan.rows) : null);
        double norm = model.learn(plan.rows, logits -> scored.take(plan, logits));
        boolean looks = lookBack.waits();
        double[] margins = looks ? lookBack.margins(model) : new double[0];
        PairTrainer.Outcome outcome =
                hinges && !looks && scored.isSound() ? learnPairs(plan, scored.logits) : PairTrainer.Outcome.NONE;
        gate.trained(outcome.hinges(), config.pairWeight);
        if (config.guidance.adds()) {
            gains.count(residual, scored.comparisons);
        }
        residual.learn(scored.comparisons);

        Optional<String> skipped = decided.or(() -> soundness.broken(this, scored.broken, scored.loss, outcome.loss()));
        if (skipped.isPresent()) {
            model.discard();
            before.restore(this);
            lookBack.watched.clear();
            counters.steps++;
            counters.samples -= batch.size();
            return StepResult.skipped(counters.steps, skipped.get());
        }
        model.update(batch.size(), haste);
        if (looks) {
            gate.moved(lookBack.moved(model, margins));
        }
        counters.steps++;
        var statistics = StepResult.Statistics.of(scored.loss, norm, outcome, gold.size(), config.pairWeight);
        counters.count(outcome, gold.size(), statistics.dose(), statistics.gradientRatio());
        return new StepResult(counters.steps, scored.events, statistics, Optional.empty(), plan.said());
    }

    /** What is to be predicted of a batch; notes who is seen, and what their answers are from now on. */
    private BatchPlan planned(List<Sample> batch) {
        memory.now = batch.get(0).eventTime(); // of this step alone: a restored learner knows no other
        BatchPlan plan = plan();
        BatchPlan asked = plan();
        for (Sample sample : batch) {
            if (within != null) {
                within.add(sample, counters.samples, asked);
            }
            plan.add(sample, counters.samples++);
            answers.caughtUp(sample);
        }
        if (within != null) {
            within.predict(asked);
        }
        return plan;
    }

    /**
     * From now on compares the items of a share of the events with 99 others each, besides; what is learnt does not change.
     *
     * @param to told each event with its negatives, before it is learnt
     */
    public void askWithin(double share, Consumer<ScoredEvent> to) {
        within = share > 0 ? new WithinEvents(this, share, to) : null;
    }

    /** The backbone's part of what is predicted. */
    float[] predicted(FeatureBatch rows) {
        return config.predictsAsServed ? model.servedLogits(rows) : model.logits(rows);
    }

    /** An empty plan over what is known now. */
    BatchPlan plan() {
        return new BatchPlan(config, memory, teacher, golds, probes);
    }

    private Draws draws(String purpose) {
        return Draws.of(config.seed(), purpose, Long.toString(counters.steps));
    }

    private PairTrainer.Outcome learnPairs(BatchPlan plan, float[] logits) {
        uncertainty.observe(plan.rows, logits);
        Draws random = draws("pairs");
        return pairs.learn(model, gate, uncertainty, new ArrayList<>(plan.speakers.values()), random);
    }

    /** What is served for a logit of the backbone. */
    double served(float logit, Residual.Input input) {
        return config.guidance.adds() ? logit + residual.add(input) : logit;
    }

    /** Steps applied so far. */
    public long steps() {
        return counters.steps;
    }

    /** Where tensors are computed: {@code cpu} or {@code gpu:N}. */
    public String device() {
        return config.model.compute().place();
    }

    /** Samples trained so far. */
    public long samples() {
        return counters.samples;
    }

    /** Rows by table: users, items, categories. */
    public Map<String, Long> rows() {
        Map<String, Long> rows = new LinkedHashMap<>();
        rowCounts().forEach((table, counts) -> rows.put(table, counts.rows()));
        return rows;
    }

    /** What became of rows, by table: users, items, categories. */
    public Map<String, RowCounts> rowCounts() {
        return model.features().rowCounts();
    }

    /** Where the guidance stands. */
    public GateReport gate() {
        return GateReport.of(config, gate, agreement, counters, trust().byName());
    }

    /** What guidance gained in this run, overall and by cell of the gate. */
    public Map<String, GuidanceGain> gained() {
        return gains.byName();
    }

    /** Which of 32 bins an item's first category falls in; -1 where it has none or is not known. */
    public int category(ItemId item) {
        List<String> categories = model.features()
                .catalogue()
                .find(item)
                .map(CatalogueEntry::categories)
                .orElse(List.of());
        int hash = categories.isEmpty() ? 0 : categories.get(0).hashCode();
        return categories.isEmpty() ? -1 : (hash ^ (hash >>> 16)) & 31;
    }

    /** How far predictions lean on the language model's signal. */
    Trust trust() {
        return Reliance.of(this);
    }

    public LearnerConfig config() {
        return config;
    }

    /** The whole state, quickly: the learner may go on at once. */
    public Checkpoint capture() {
        return new Checkpoint(this);
    }

    /** Notes from now on what changes in its answers. */
    public void noteChanges() {
        model.track();
        memory.noted = true;
        var unused = memory.took.take();
    }

    /** What changed in its answers since {@link #noteChanges}, or since this was last asked. */
    public LearnerChanges changes() {
        return new LearnerChanges(model.changes(trust()), memory);
    }

    /**
     * Changes that reached nobody become part of the next ones: this learner's own, or those of one whose place it takes and
     * that has gone the same way up to some step.
     */
    public void changesLost(LearnerChanges changes) {
        model.putBack(changes.model);
        for (int user : changes.users) {
            if (user < memory.users.size()) {
                memory.took.note(user);
            }
        }
    }

    /** {@link #capture} and write. */
    public void save(Path folder) {
        capture().write(folder);
    }

    @Override
    public void close() {
        model.close();
    }
}
