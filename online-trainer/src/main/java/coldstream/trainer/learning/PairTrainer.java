package coldstream.trainer.learning;

import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import coldstream.model.FeatureBatch;
import coldstream.model.Model;
import coldstream.model.Signal;
import coldstream.model.Trust;
import coldstream.trainer.learning.Guidance.Arm;
import coldstream.trainer.learning.Speakers.Speaker;
import coldstream.trainer.learning.gate.Gate;
import coldstream.trainer.learning.gate.Hinge;
import coldstream.trainer.learning.gate.Signals;
import coldstream.trainer.learning.uncertainty.Uncertainty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Trains on what the language model said of users of the batch and of the replay queue: pairs, points, or both. */
final class PairTrainer {

    /** Share of the scored rows at hand that become pairs at most, when the widest are chosen. */
    private static final double SHARE = 0.25;

    private static final double MIDDLE = 0.5;

    private final LearnerConfig config;
    private final Memory memory;
    private final Speakers speakers;
    private final PairPicker picker;
    private final TeacherSignal teacher;
    private final Residual residual;
    private final LookBack lookBack;

    /**
     * What the pairs and points of a step did.
     *
     * @param loss mean of α · l
     * @param terms pairs and points
     * @param active share of the terms that pulled
     * @param alpha mean trust in the terms
     * @param norm of the gradient by dense parameters
     * @param cells by cell: sum of alphas, terms
     */
    record Outcome(
            double loss,
            int terms,
            double active,
            double alpha,
            double norm,
            List<Hinge> hinges,
            Map<String, double[]> cells) {

        static final Outcome NONE = new Outcome(0, 0, 0, 0, 0, List.of(), Map.of());
    }

    /** @param speaker place among the chosen */
    private record Found(int speaker, PairPicker.Pair pair) {}

    /** @param lookBack told of the pairs where the gate wants to look at them again */
    PairTrainer(LearnerConfig config, Memory memory, TeacherSignal teacher, Residual residual, LookBack lookBack) {
        this.config = config;
        this.memory = memory;
        this.teacher = teacher;
        this.residual = residual;
        this.lookBack = lookBack;
        speakers = new Speakers(memory, config.replayByPriority);
        picker = new PairPicker(config.pairGap, config.pairDraws, config.pairPopularity);
    }

    /**
     * Chooses what to train on and gathers its gradient.
     *
     * @param inBatch at most one speaker for each user of the batch
     */
    Outcome learn(Model model, Gate gate, Uncertainty uncertainty, List<Speaker> inBatch, Draws random) {
        FeatureBatch rows = new FeatureBatch(model.features());
        GuidedLoss loss = new GuidedLoss(config.pairWeight, config.pairsAddUp);
        int wanted = Math.max(1, config.pairs / PairPicker.DRAWN);
        List<Speaker> chosen = speakers.choose(inBatch, wanted, speaker -> trust(gate, speaker), random);
        List<List<PairPicker.Pair>> pairs = pairs(chosen, random);
        for (int k = 0; k < chosen.size(); k++) {
            add(chosen.get(k), pairs.get(k), rows, loss, random);
        }
        if (loss.terms.isEmpty()) {
            return Outcome.NONE;
        }
        Uncertainty.Reading reading = uncertainty.read(model, rows, random.next());
        List<Hinge> judged = new ArrayList<>();
        List<Double> alphas = new ArrayList<>();
        double norm = model.learn(rows, logits -> {
            judged.addAll(loss.judged(logits, reading));
            alphas.addAll(Arrays.stream(gate.alphas(judged)).boxed().toList());
            return loss.gradient(logits, alphas);
        });
        if (gate.looksBack()) {
            watch(loss.terms, judged, rows);
        }
        return outcome(judged, alphas, norm);
    }

    private void watch(List<GuidedLoss.Term> terms, List<Hinge> judged, FeatureBatch rows) {
        for (int k = 0; k < judged.size(); k++) {
            Hinge hinge = judged.get(k);
            FeatureBatch.Origin first = rows.origin(terms.get(k).first().row());
            FeatureBatch.Origin second = rows.origin(terms.get(k).second().row());
            lookBack.watch(first, second, hinge.better(), hinge.worse(), hinge.hinge() > 0);
        }
    }

    /** Trust in what is said of a user, before anything is known of an item: middling uncertainty, no tail. */
    private double trust(Gate gate, Speaker speaker) {
        return gate.alpha(new Signals(cold(speaker), Signals.Kind.HEAD, MIDDLE));
    }

    private boolean cold(Speaker speaker) {
        return speaker.count() <= config.coldHistory;
    }

    /** For each speaker the pairs it is trained on. */
    private List<List<PairPicker.Pair>> pairs(List<Speaker> chosen, Draws random) {
        List<List<PairPicker.Pair>> pairs = new ArrayList<>();
        for (Speaker speaker : chosen) {
            boolean drawn = config.guidance.has(Arm.S_LLMR) && !config.pairsWidest;
            pairs.add(drawn ? picker.draw(speaker.request(), memory.user(speaker.user()), random) : new ArrayList<>());
        }
        if (config.guidance.has(Arm.S_LLMR) && config.pairsWidest) {
            widest(chosen).forEach(found -> pairs.get(found.speaker).add(found.pair));
        }
        return pairs;
    }

    /** The widest pairs of all: at most one for every four scored rows at hand. */
    private List<Found> widest(List<Speaker> chosen) {
        List<Found> found = new ArrayList<>();
        int rows = 0;
        Set<ScoredRequest> asked = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int k = 0; k < chosen.size(); k++) {
            ScoredRequest request = chosen.get(k).request();
            if (asked.add(request)) {
                UserMemory user = memory.user(chosen.get(k).user());
                rows += PairPicker.open(request, user).size();
                for (PairPicker.Pair pair : picker.widest(request, user)) {
                    found.add(new Found(k, pair));
                }
            }
        }
        found.sort(Comparator.comparingDouble((Found one) -> -one.pair.gap()));
        int most = Math.min(config.pairs, Math.max(1, (int) (SHARE * rows)));
        return found.subList(0, Math.min(most, found.size()));
    }

    private void add(Speaker speaker, List<PairPicker.Pair> pairs, FeatureBatch rows, GuidedLoss loss, Draws random) {
        boolean squared = config.guidance.has(Arm.POINTWISE_MSE);
        boolean entropy = config.guidance.has(Arm.POINTWISE_BCE);
        List<PairPicker.Point> points =
                squared || entropy ? picker.points(speaker.request(), memory.user(speaker.user()), random) : List.of();
        if (pairs.isEmpty() && points.isEmpty()) {
            return;
        }
        int side = rows.side(speaker.user(), speaker.history(), speaker.count());
        Profiles.Known profile = memory.profiles.fresh(memory.features.userId(speaker.user()), speaker.count());
        TeacherSignal.ForUser signal = teacher.forUser(speaker.history(), speaker.request(), profile);
        for (PairPicker.Pair pair : pairs) {
            GuidedLoss.Row better = row(speaker, signal, pair.better(), side, rows);
            GuidedLoss.Row worse = row(speaker, signal, pair.worse(), side, rows);
            loss.terms.add(new GuidedLoss.Pair(better, worse, config.pairSpace, config.pairMargin));
        }
        for (PairPicker.Point point : points) {
            GuidedLoss.Row row = row(speaker, signal, point.item(), side, rows);
            if (squared) {
                loss.terms.add(new GuidedLoss.Point(row, point.score(), true));
            }
            if (entropy) {
                loss.terms.add(new GuidedLoss.Point(row, point.score(), false));
            }
        }
    }

    private GuidedLoss.Row row(
            Speaker speaker, TeacherSignal.ForUser signal, CatalogueEntry item, int side, FeatureBatch rows) {
        Signal said = config.guidance.signals() ? signal.of(item) : Signal.NONE;
        double added = 0;
        if (config.guidance.adds()) {
            int popularity = Trust.kind(item.count(), memory.tail.threshold);
            added = residual.add(new Residual.Input(said, Trust.history(speaker.count()), popularity));
        }
        Signals.Kind kind = memory.tail.kind(item.count());
        return new GuidedLoss.Row(rows.row(side, item, item.count(), said), cold(speaker), kind, added);
    }

    private static Outcome outcome(List<Hinge> hinges, List<Double> alphas, double norm) {
        double loss = 0;
        int active = 0;
        double trust = 0;
        Map<String, double[]> cells = new LinkedHashMap<>();
        for (int k = 0; k < hinges.size(); k++) {
            Hinge term = hinges.get(k);
            double alpha = alphas.get(k);
            loss += alpha * term.hinge() / hinges.size();
            active += term.hinge() > 0 ? 1 : 0;
            trust += alpha / hinges.size();
            double[] cell = cells.computeIfAbsent(term.better().cell(), name -> new double[2]);
            cell[0] += alpha;
            cell[1]++;
        }
        return new Outcome(loss, hinges.size(), (double) active / hinges.size(), trust, norm, hinges, cells);
    }
}
