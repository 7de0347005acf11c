package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Asks about the same candidates in k orders and averages, since models favour what stands early or late.
 *
 * <p>The first order is the one given, each odd one the reverse of the order before it, the others are shuffled: a favour that
 * grows evenly with the position cancels out exactly for every even k. The orders hang on the candidates' ids alone, so that a
 * request that comes again is asked the same.
 *
 * <p>A candidate without a score in one order has the mean of the others. An order that fails ends the asking: what was scored
 * before counts, with the number of orders it took.
 */
final class PermutedScorer implements LanguageModelScorer {

    private final LanguageModelScorer scorer;
    private final int permutations;
    private final PositionBias bias;

    /** @param permutations k, at least 1 */
    PermutedScorer(LanguageModelScorer scorer, int permutations, PositionBias bias) {
        this.scorer = scorer;
        this.permutations = permutations;
        this.bias = bias;
    }

    @Override
    public String model() {
        return scorer.model();
    }

    @Override
    public String promptVersion() {
        return scorer.promptVersion();
    }

    @Override
    public Outcome score(List<Item> history, List<Item> candidates) {
        double[] sums = new double[candidates.size()];
        int[] counts = new int[candidates.size()];
        Usage usage = Usage.NONE;
        Source source = new Source(model(), promptVersion(), 1);
        int scored = 0;
        for (List<Integer> order : orders(candidates, permutations)) {
            Outcome outcome =
                    scorer.score(history, order.stream().map(candidates::get).toList());
            usage = usage.plus(outcome.usage());
            if (!(outcome instanceof Scored one)) {
                if (scored == 0) {
                    return outcome;
                }
                break;
            }
            scored++;
            source = one.source();
            bias.observe(one.scores());
            for (int place = 0; place < order.size(); place++) {
                double score = one.scores().get(place);
                if (!Double.isNaN(score)) {
                    sums[order.get(place)] += score;
                    counts[order.get(place)]++;
                }
            }
        }
        List<Double> means = new ArrayList<>(sums.length);
        for (int i = 0; i < sums.length; i++) {
            means.add(counts[i] == 0 ? Double.NaN : sums[i] / counts[i]);
        }
        return new Scored(means, new Source(source.model(), source.promptVersion(), scored), usage);
    }

    /** k orders of the candidates' indices. */
    static List<List<Integer>> orders(List<Item> candidates, int permutations) {
        List<Integer> order = new ArrayList<>();
        long seed = 0;
        for (Item candidate : candidates) {
            order.add(order.size());
            seed = 31 * seed + candidate.item().value().hashCode();
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<List<Integer>> orders = new ArrayList<>(permutations);
        for (int k = 0; k < permutations; k++) {
            if (k % 2 == 1) {
                Collections.reverse(order);
            } else if (k > 0) {
                shuffle(order, random);
            }
            orders.add(List.copyOf(order));
        }
        return orders;
    }

    private static void shuffle(List<Integer> order, SplittableRandom random) {
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
    }
}
