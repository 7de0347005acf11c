package coldstream.trainer.watch;

import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.monitor.Channel;
import coldstream.monitor.Gauge;
import coldstream.monitor.Harm;
import coldstream.monitor.Signal;
import coldstream.monitor.Signal.Layer;
import coldstream.monitor.Watch;
import coldstream.monitor.WatchedSignal;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.gate.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the language model says, how old it is when it speaks, and how far it is trusted. */
final class GuidanceSignals {

    /** A language model's score of an item, in [0, 1]. */
    static final Signal SCORE = new Signal(Layer.GUIDANCE, "llm_score");

    /** Items of an answer. */
    static final Signal ITEMS = new Signal(Layer.GUIDANCE, "llm_items");

    /** log(1 + seconds since the user's scores were made), where there are some. */
    static final Signal AGE = new Signal(Layer.GUIDANCE, "score_age");

    /** 1 for a cold user's event with scores, 0 for one without. */
    static final Signal SCORED = new Signal(Layer.GUIDANCE, "scored", "cold");

    /**
     * Mean of how far predictions lean on the language model's signal, once {@value #YOUNG} samples have passed: while a model is young it
     * leans less and less, as it learns what the language model cannot know.
     */
    static final Signal RESIDUAL = new Signal(Layer.GUIDANCE, "residual_trust");

    /**
     * Of an answer's other items the share that scored lower than the one its audit hid: known as soon as the answer is there, its mean
     * is the area under the curve.
     */
    static final Signal AUDITED = new Signal(Layer.GUIDANCE, "answer_auc", "audit");

    /** Scores of an answer that are looked at. */
    private static final int OF_AN_ANSWER = 8;

    /** What the area of answers must fall by: half the way from a fair model to one that says nothing. */
    private static final double WORSE = 0.05;

    private static final int GATE_EVERY = 4;

    private static final long YOUNG = 20_000;

    /** Deviations from the middle of an interval that holds 95 %. */
    private static final double WIDTH = 1.96;

    private final Channel score;
    private final Channel items;
    private final Channel age;
    private final Channel scored;
    private final Gauge residual;
    private final List<Gauge> alphas = new ArrayList<>();
    private final List<Gauge> agreements = new ArrayList<>();
    private final Channel audited;
    private final Channel followed;
    private final List<Channel> followedByCell = new ArrayList<>();
    private final AnswersKept answers = new AnswersKept();
    private final ScoreAges ages = new ScoreAges();
    private boolean answered;
    private long looks;
    private long samples;

    /** How far the gate trusts pairs of a cell. */
    static Signal alpha(String cell) {
        return new Signal(Layer.GUIDANCE, "alpha", cell);
    }

    /** Share of a cell's realised comparisons that the language model ordered correctly. */
    static Signal agreement(String cell) {
        return new Signal(Layer.GUIDANCE, "agreement", cell);
    }

    /**
     * Of the items a user's stored scores are of, the share that scored lower than the one the user then took (higher than the one
     * refused): all events that scores from strictly before are of, and those of a cell.
     */
    static Signal followed(String cell) {
        return new Signal(Layer.GUIDANCE, "answer_auc", cell);
    }

    private static WatchedSignal right(Signal signal) {
        return WatchedSignal.share(signal, Harm.FALL, WORSE);
    }

    static List<WatchedSignal> plans() {
        List<WatchedSignal> plans = new ArrayList<>(List.of(
                WatchedSignal.distribution(SCORE),
                WatchedSignal.distribution(ITEMS),
                WatchedSignal.distribution(AGE).harm(Harm.RISE).material(0.25),
                WatchedSignal.distribution(SCORED).harm(Harm.FALL),
                WatchedSignal.estimate(RESIDUAL, Harm.FALL, 0.5),
                right(AUDITED),
                right(followed(Signal.ALL))));
        for (String cell : Signals.CELLS) {
            plans.add(WatchedSignal.estimate(alpha(cell), Harm.FALL, 0.2));
            plans.add(WatchedSignal.estimate(agreement(cell), Harm.FALL, 0.1));
            plans.add(right(followed(cell)));
        }
        return List.copyOf(plans);
    }

    GuidanceSignals(Watch watch) {
        score = watch.channel(SCORE);
        items = watch.channel(ITEMS);
        age = watch.channel(AGE);
        scored = watch.channel(SCORED);
        residual = watch.gauge(RESIDUAL);
        audited = watch.channel(AUDITED);
        followed = watch.channel(followed(Signal.ALL));
        for (String cell : Signals.CELLS) {
            alphas.add(watch.gauge(alpha(cell)));
            agreements.add(watch.gauge(agreement(cell)));
            followedByCell.add(watch.channel(followed(cell)));
        }
    }

    void add(SoftScores answer) {
        answered = true;
        List<SoftScores.ItemScore> scores = answer.scores();
        items.add(scores.size());
        for (int k = 0; k < Math.min(OF_AN_ANSWER, scores.size()); k++) {
            score.add(scores.get(k).score());
        }
        audited.add(AnswersKept.right(answer));
        if (answer.shown().isEmpty()) { // else it is of a history cut short, and no opinion of the user
            ages.scored(answer.user(), answer.scoredAt());
            answers.answered(answer);
        }
    }

    /** Takes in the samples of a step, after the answers that came with it. */
    void add(List<Sample> batch) {
        samples += batch.size();
        if (answered) { // else nobody is asked
            batch.forEach(this::add);
        }
    }

    private void add(Sample sample) {
        double seconds = ages.age(sample.user(), sample.ingestTime());
        if (seconds >= 0) {
            age.add(Math.log1p(seconds));
        }
        if (sample.cold()) {
            scored.add(seconds >= 0 ? 1 : 0);
        }
        double right = seconds >= 0 ? answers.right(sample) : Double.NaN;
        if (right >= 0) {
            Signals.Kind kind =
                    sample.itemCount() == 0 ? Signals.Kind.NEW : sample.tail() ? Signals.Kind.TAIL : Signals.Kind.HEAD;
            followed.add(right);
            followedByCell
                    .get(Signals.CELLS.indexOf(new Signals(sample.cold(), kind, 0).cell()))
                    .add(right);
        }
    }

    /** Before a test. The gate is asked at every fourth: it moves slowly, and a report of it costs as much as some tests. */
    void look(Supplier<GateReport> gate) {
        if (looks++ % GATE_EVERY == 0) {
            look(gate.get());
        }
    }

    private void look(GateReport gate) {
        for (int k = 0; k < Signals.CELLS.size(); k++) {
            GateReport.Cell cell = gate.cells().get(Signals.CELLS.get(k));
            if (cell == null) {
                continue;
            }
            if (cell.pairs() > 0) {
                alphas.get(k).set(cell.alpha());
            }
            if (cell.golds() > 0) {
                agreements.get(k).set(cell.agreement(), (cell.high() - cell.low()) / 2 / WIDTH);
            }
        }
        if (samples > YOUNG && !gate.residual().isEmpty()) {
            residual.set(gate.residual().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(Double.NaN));
        }
    }
}
