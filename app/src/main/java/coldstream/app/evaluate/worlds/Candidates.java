package coldstream.app.evaluate.worlds;

import coldstream.model.Draws;
import java.util.ArrayList;
import java.util.List;

/** What the language model is asked about a user: ten items drawn uniformly, ten by how often they were taken. */
final class Candidates {

    private static final int EACH = 10;

    private final int[][] ofUser;

    Candidates(World world, long seed) {
        ofUser = new int[world.users][];
        double[] cumulated = new double[world.items];
        double sum = 0;
        for (int item = 0; item < world.items; item++) {
            sum += world.counts[item];
            cumulated[item] = sum;
        }
        for (int user = 0; user < world.users; user++) {
            Draws draws = Draws.of(seed, "candidates", Integer.toString(user));
            List<Integer> uniform = new ArrayList<>();
            List<Integer> popular = new ArrayList<>();
            while (uniform.size() < EACH) {
                addNew(uniform, draws.below(world.items));
            }
            while (popular.size() < EACH) {
                int found = java.util.Arrays.binarySearch(cumulated, draws.uniform() * sum);
                addNew(popular, Math.min(world.items - 1, found < 0 ? -found - 1 : found + 1));
            }
            uniform.addAll(popular);
            ofUser[user] = uniform.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private static void addNew(List<Integer> drawn, int item) {
        if (!drawn.contains(item)) {
            drawn.add(item);
        }
    }

    /** One of the user's, each as likely. */
    int draw(int user, Draws draws) {
        return ofUser[user][draws.below(ofUser[user].length)];
    }
}
