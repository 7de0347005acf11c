package coldstream.app.evaluate.worlds;

import coldstream.model.Draws;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Users and items with tastes in eight directions. Half of the users take one to three items, the others 8 to 49, each item
 * with chance ∝ popularity^0.8 · e^liking; one more taken item of each user is kept for the test. The tail is the less taken 40
 * % of items. The language model's score is the rank of the user's true liking as often as {@link Rates} says, else noise.
 */
final class World {

    private static final int TASTES = 8;
    private static final double CONTRAST = 1.6;
    private static final double TAIL_SHARE = 0.4;
    private static final int COLD = 3;

    final int users;
    final int items;

    /** By user: items taken, in order. */
    final int[][] histories;

    /** By user: the item of the test. */
    final int[] held;

    /** By item: how often taken. */
    final int[] counts;

    final boolean[] tail;
    final Rates rates;
    private final float[][] scores;

    World(long seed, Rates rates, Size size) {
        this.rates = rates;
        users = size.users();
        items = size.items();
        histories = new int[users][];
        held = new int[users];
        counts = new int[items];
        scores = new float[users][items];
        float[] userTastes = tastes(Draws.of(seed, "user tastes"), users);
        float[] itemTastes = tastes(Draws.of(seed, "item tastes"), items);
        double[] popularity = popularity(Draws.of(seed, "popularity"), items);
        for (int user = 0; user < users; user++) {
            take(
                    user,
                    liking(userTastes, user, itemTastes),
                    popularity,
                    Draws.of(seed, "taken", Integer.toString(user)));
        }
        tail = tail();
        for (int user = 0; user < users; user++) {
            score(user, liking(userTastes, user, itemTastes), Draws.of(seed, "scores", Integer.toString(user)));
        }
    }

    /** How much the user likes each item. */
    private double[] liking(float[] userTastes, int user, float[] itemTastes) {
        double[] liking = new double[items];
        for (int item = 0; item < items; item++) {
            for (int k = 0; k < TASTES; k++) {
                liking[item] += userTastes[user * TASTES + k] * itemTastes[item * TASTES + k];
            }
            liking[item] *= CONTRAST / Math.sqrt(TASTES);
        }
        return liking;
    }

    private static float[] tastes(Draws draws, int rows) {
        float[] tastes = new float[rows * TASTES];
        draws.normal(tastes, 0, tastes.length, 1);
        return tastes;
    }

    /** 0.8 ln(k + ½), k from Zipf's law with exponent 1.6, no more than 200. */
    private static double[] popularity(Draws draws, int items) {
        double zeta = 0;
        for (int k = 1; k <= 100_000; k++) {
            zeta += StrictMath.pow(k, -1.6);
        }
        zeta += StrictMath.pow(100_000.5, -0.6) / 0.6;
        double[] popularity = new double[items];
        for (int item = 0; item < items; item++) {
            double left = draws.uniform() * zeta;
            int k = 1;
            while (k < 200 && left > StrictMath.pow(k, -1.6)) {
                left -= StrictMath.pow(k, -1.6);
                k++;
            }
            popularity[item] = 0.8 * StrictMath.log(k + 0.5);
        }
        return popularity;
    }

    /** Draws without replacement: the largest of log chance plus Gumbel noise come first. */
    private void take(int user, double[] liking, double[] popularity, Draws draws) {
        boolean few = draws.uniform() < 0.5;
        int size = few ? 1 + draws.below(COLD) : 8 + draws.below(42);
        double[] keys = new double[items];
        for (int item = 0; item < items; item++) {
            keys[item] = liking[item] + popularity[item] - StrictMath.log(-StrictMath.log(draws.uniform()));
        }
        int[] order = sorted(keys);
        int[] taken = new int[size];
        for (int k = 0; k < size; k++) {
            taken[k] = order[items - 1 - k];
            counts[taken[k]]++;
        }
        histories[user] = taken;
        held[user] = order[items - 1 - size];
    }

    private boolean[] tail() {
        int[] order = sorted(Arrays.stream(counts).asDoubleStream().toArray());
        boolean[] found = new boolean[items];
        for (int k = 0; k < TAIL_SHARE * items; k++) {
            found[order[k]] = true;
        }
        return found;
    }

    private void score(int user, double[] liking, Draws draws) {
        int[] order = sorted(liking);
        for (int rank = 0; rank < items; rank++) {
            boolean right = draws.uniform() < rates.of(cold(user), tail[order[rank]]);
            double noise = draws.uniform();
            scores[user][order[rank]] = (float) (right ? (double) rank / (items - 1) : noise);
        }
    }

    private static int[] sorted(double[] keys) {
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> keys[k]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    boolean cold(int user) {
        return histories[user].length <= COLD;
    }

    /** What the language model says of the item for the user, in [0, 1]. */
    double score(int user, int item) {
        return scores[user][item];
    }

    boolean took(int user, int item) {
        return Arrays.stream(histories[user]).anyMatch(one -> one == item);
    }
}
