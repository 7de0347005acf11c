package coldstream.trainer.learning;

import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import coldstream.model.FeatureBatch;
import coldstream.model.Model;
import coldstream.model.Trust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hinge on what the language model ordered (S-LLMR): weight · mean over pairs of α · max(0, m − (s_i − s_j)), s being
 * the served logits: what the residual already puts in order pulls no more, and the residual's part is a constant. Pairs come
 * half from users of the batch, half from the replay queue: a cold user is seldom in a batch.
 */
final class PairTrainer {

    private static final int PER_REQUEST = 2;

    private final LearnerConfig config;
    private final Memory memory;
    private final PairPicker picker;
    private final TeacherSignal teacher;
    private final Residual residual;

    /**
     * A user as of one moment with scores that may speak for it.
     *
     * @param history newest last
     */
    record Speaker(ScoredRequest request, int user, List<CatalogueEntry> history, long count) {}

    /**
     * What the pairs of a step did.
     *
     * @param cells by cell: sum of alphas, pairs
     */
    record Outcome(
            double loss, int pairs, double active, double norm, List<Gate.Hinge> hinges, Map<String, double[]> cells) {

        static final Outcome NONE = new Outcome(0, 0, 0, 0, List.of(), Map.of());
    }

    /** @param lead what the residual adds to the better item's logit beyond the worse one's */
    private record Chosen(PairPicker.Pair pair, double cold, int betterRow, int worseRow, double lead) {}

    PairTrainer(LearnerConfig config, Memory memory, TeacherSignal teacher, Residual residual) {
        this.config = config;
        this.memory = memory;
        this.teacher = teacher;
        this.residual = residual;
        picker = new PairPicker(config.pairGap, config.pairDraws);
    }

    /** The user's scores if they may speak for this event: asked strictly before it and still fresh. */
    @Nullable
    ScoredRequest speaking(UserMemory user, long count, Instant event) {
        ScoredRequest request = user.latest;
        boolean speaks = request != null && request.historyMaxTime().isBefore(event) && memory.fresh(request, count);
        return speaks ? request : null;
    }

    /**
     * Chooses pairs and gathers their gradient.
     *
     * @param inBatch at most one speaker for each user of the batch
     */
    Outcome learn(Model model, Gate gate, Uncertainty uncertainty, List<Speaker> inBatch, Draws random) {
        FeatureBatch rows = new FeatureBatch(model.features());
        List<Chosen> chosen = new ArrayList<>();
        for (Speaker speaker : speakers(inBatch, random)) {
            List<PairPicker.Pair> pairs = picker.pick(speaker.request, memory.user(speaker.user), random);
            if (!pairs.isEmpty()) {
                int side = rows.side(speaker.user, speaker.history, speaker.count);
                double cold = speaker.count <= config.coldHistory ? 1 : 0;
                for (PairPicker.Pair pair : pairs) {
                    int better = rows.row(side, pair.better(), pair.better().count());
                    int worse = rows.row(side, pair.worse(), pair.worse().count());
                    chosen.add(new Chosen(pair, cold, better, worse, lead(speaker, pair)));
                }
            }
        }
        if (chosen.isEmpty()) {
            return Outcome.NONE;
        }
        List<Gate.Hinge> hinges = new ArrayList<>();
        double norm = model.learn(rows, logits -> gradient(chosen, logits, gate, uncertainty, hinges));
        return outcome(gate, hinges, norm);
    }

    private double lead(Speaker speaker, PairPicker.Pair pair) {
        if (!config.guidance.has(Guidance.Arm.RESIDUAL)) {
            return 0;
        }
        TeacherSignal.ForUser signal = teacher.forUser(speaker.history, speaker.request);
        return added(signal, speaker, pair.better()) - added(signal, speaker, pair.worse());
    }

    private double added(TeacherSignal.ForUser signal, Speaker speaker, CatalogueEntry item) {
        int kind = Trust.kind(item.count(), memory.tail.threshold);
        return residual.add(new Residual.Input(signal.of(item), Trust.history(speaker.count), kind));
    }

    private List<Speaker> speakers(List<Speaker> inBatch, Draws random) {
        int wanted = Math.max(1, config.pairs / PER_REQUEST);
        List<Speaker> speakers = new ArrayList<>(inBatch);
        for (int k = 0; k < speakers.size(); k++) {
            Collections.swap(speakers, k, k + random.below(speakers.size() - k));
        }
        int half = Math.max(1, wanted / 2);
        if (speakers.size() > half) {
            speakers.subList(half, speakers.size()).clear();
        }
        int size = memory.queue.size();
        for (int tries = 2 * (wanted - speakers.size()); size > 0 && tries > 0 && speakers.size() < wanted; tries--) {
            ScoredRequest request = memory.queue.get(random.below(size));
            UserMemory user = memory.user(request.user());
            if (memory.fresh(request, user.count)) {
                speakers.add(new Speaker(request, request.user(), user.history, user.count));
            }
        }
        return speakers;
    }

    private float[] gradient(
            List<Chosen> chosen, float[] logits, Gate gate, Uncertainty uncertainty, List<Gate.Hinge> hinges) {
        float[] byLogit = new float[logits.length];
        for (Chosen one : chosen) {
            float better = logits[one.betterRow];
            float worse = logits[one.worseRow];
            Signals first = signals(one.cold, one.pair.better(), better, uncertainty);
            Signals second = signals(one.cold, one.pair.worse(), worse, uncertainty);
            double hinge = Math.max(0, config.pairMargin - (better - worse + one.lead));
            hinges.add(new Gate.Hinge(first, second, hinge));
            if (hinge > 0) {
                float pull = (float) (config.pairWeight * gate.alpha(first, second) / chosen.size());
                byLogit[one.betterRow] -= pull;
                byLogit[one.worseRow] += pull;
            }
        }
        return byLogit;
    }

    private Signals signals(double cold, CatalogueEntry item, float logit, Uncertainty uncertainty) {
        return new Signals(cold, memory.tail.tailOrNew(item.count()) ? 1 : 0, uncertainty.rank(logit));
    }

    private static Outcome outcome(Gate gate, List<Gate.Hinge> hinges, double norm) {
        double loss = 0;
        int active = 0;
        Map<String, double[]> cells = new LinkedHashMap<>();
        for (Gate.Hinge pair : hinges) {
            double alpha = gate.alpha(pair.better(), pair.worse());
            loss += alpha * pair.hinge() / hinges.size();
            active += pair.hinge() > 0 ? 1 : 0;
            double[] cell = cells.computeIfAbsent(pair.better().cell(), name -> new double[2]);
            cell[0] += alpha;
            cell[1]++;
        }
        return new Outcome(loss, hinges.size(), (double) active / hinges.size(), norm, hinges, cells);
    }
}
