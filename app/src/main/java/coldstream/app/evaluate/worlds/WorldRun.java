package coldstream.app.evaluate.worlds;

import coldstream.model.Draws;
import coldstream.model.Logistic;
import coldstream.trainer.learning.gate.Gate;
import coldstream.trainer.learning.gate.Gold;
import coldstream.trainer.learning.gate.Hinge;
import coldstream.trainer.learning.gate.Moved;
import coldstream.trainer.learning.gate.Signals;
import java.util.ArrayList;
import java.util.List;

/**
 * A student that learns in a world under one gate: batches of 128 events with one negative each, logistic loss; two pairs for
 * each of at most 64 users of the batch, the widest of six draws among 20 scored items, hinge of margin 1 on logits, weight
 * 0.3; a fifth of the events become realised comparisons. Events, negatives, pairs and starts are the same for every gate.
 */
final class WorldRun {

    static final double WEIGHT = 0.3;

    private static final int BATCH = 128;
    private static final int SPEAKERS = 64;
    private static final int PAIRS = 2;
    private static final int DRAWS = 6;
    private static final double MARGIN = 1;
    private static final double REALISED = 0.2;

    private final World world;
    private final Gate gate;
    private final Student student;
    private final Candidates candidates;
    private final Draws order;
    private final Draws pairDraws;
    private final Draws goldDraws;
    private final List<int[]> events = new ArrayList<>();
    private List<Pair> watched = List.of();
    private double alphas;
    private long pairs;

    /** @param active whether its hinge pulled */
    private record Pair(int user, int better, int worse, Hinge hinge, boolean active) {}

    private WorldRun(World world, Gate gate, long seed) {
        this.world = world;
        this.gate = gate;
        student = new Student(world.users, world.items, seed);
        candidates = new Candidates(world, seed);
        order = Draws.of(seed, "order");
        pairDraws = Draws.of(seed, "pairs");
        goldDraws = Draws.of(seed, "golds");
        for (int user = 0; user < world.users; user++) {
            for (int item : world.histories[user]) {
                events.add(new int[] {user, item});
            }
        }
    }

    /** Learns all epochs and says what came of it. */
    static Outcome of(World world, Gate gate, long seed, int epochs) {
        var run = new WorldRun(world, gate, seed);
        for (int epoch = 0; epoch < epochs; epoch++) {
            run.epoch();
        }
        double dose = run.pairs == 0 ? 0 : WEIGHT * run.alphas / run.pairs;
        return Outcome.of(world, run.student, gate, dose);
    }

    private void epoch() {
        for (int k = 0; k < events.size(); k++) {
            java.util.Collections.swap(events, k, k + order.below(events.size() - k));
        }
        for (int from = 0; from < events.size(); from += BATCH) {
            step(events.subList(from, Math.min(events.size(), from + BATCH)));
        }
    }

    private void step(List<int[]> batch) {
        List<Gold> golds = new ArrayList<>();
        List<Integer> speakers = new ArrayList<>();
        for (int[] event : batch) {
            int negative = order.below(world.items);
            learn(event[0], event[1], 1, batch.size());
            learn(event[0], negative, 0, batch.size());
            if (goldDraws.uniform() < REALISED) {
                realised(event[0], event[1], negative, golds);
            }
            if (speakers.size() < SPEAKERS && !speakers.contains(event[0])) {
                speakers.add(event[0]);
            }
        }
        if (gate.looksBack()) {
            gate.moved(watched.stream().map(this::moved).toList());
        }
        guide(speakers);
        gate.realised(golds);
        student.step();
    }

    private void learn(int user, int item, int label, int size) {
        student.add(user, item, (Logistic.sigmoid(student.logit(user, item)) - label) / size);
    }

    private void realised(int user, int taken, int left, List<Gold> golds) {
        double gap = world.score(user, taken) - world.score(user, left);
        if (!world.took(user, left) && gap != 0) {
            golds.add(new Gold(signals(user, taken), signals(user, left), gap > 0 ? 1 : -1));
        }
    }

    private Moved moved(Pair pair) {
        double change = student.change(pair.user, pair.better) - student.change(pair.user, pair.worse);
        return new Moved(pair.hinge.better(), pair.hinge.worse(), pair.active ? change : 0);
    }

    private void guide(List<Integer> speakers) {
        List<Pair> chosen = new ArrayList<>();
        for (int user : speakers) {
            for (int k = 0; k < PAIRS; k++) {
                pair(user, chosen);
            }
        }
        List<Hinge> hinges = chosen.stream().map(Pair::hinge).toList();
        double[] trust = gate.alphas(hinges);
        for (int k = 0; k < trust.length; k++) {
            Pair pair = chosen.get(k);
            alphas += trust[k];
            pairs++;
            if (pair.active && trust[k] > 0) {
                double pull = WEIGHT * trust[k] / trust.length;
                student.add(pair.user, pair.better, -pull);
                student.add(pair.user, pair.worse, pull);
            }
        }
        gate.trained(hinges, WEIGHT);
        watched = chosen;
    }

    private void pair(int user, List<Pair> into) {
        int better = -1;
        int worse = -1;
        double widest = 0;
        for (int k = 0; k < DRAWS; k++) {
            int one = candidates.draw(user, pairDraws);
            int other = candidates.draw(user, pairDraws);
            double gap = world.score(user, one) - world.score(user, other);
            if (Math.abs(gap) > widest) {
                widest = Math.abs(gap);
                better = gap > 0 ? one : other;
                worse = gap > 0 ? other : one;
            }
        }
        if (widest > 0) {
            double hinge = Math.max(0, MARGIN - (student.logit(user, better) - student.logit(user, worse)));
            into.add(new Pair(
                    user, better, worse, new Hinge(signals(user, better), signals(user, worse), hinge), hinge > 0));
        }
    }

    private Signals signals(int user, int item) {
        double p = Math.max(1e-6, Math.min(1 - 1e-6, Logistic.sigmoid(student.logit(user, item))));
        double entropy = -(p * StrictMath.log(p) + (1 - p) * StrictMath.log(1 - p)) / StrictMath.log(2);
        return new Signals(world.cold(user), world.tail[item] ? Signals.Kind.TAIL : Signals.Kind.HEAD, entropy);
    }
}
