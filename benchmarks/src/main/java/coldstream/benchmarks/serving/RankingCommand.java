package coldstream.benchmarks.serving;

import coldstream.benchmarks.Contender;
import coldstream.benchmarks.Contender.Took;
import coldstream.domain.UserContext;
import coldstream.model.Ranker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether a ranking's sums are still taken many at once: beside a loop of which that is known. */
@Command(
        name = "ranking",
        description = "Full rankings in this process beside a plain loop of as many multiplications as the perceptron's"
                + " second layer has, in turns.",
        mixinStandardHelpOptions = true)
public final class RankingCommand implements Callable<Integer> {

    /** Of the perceptron's second layer. */
    private static final int PRODUCTS = 128 * 64;

    private static final int ROW = 1024;
    private static final int WARM = 100;
    private static final int TURN = 40;
    private static final int USERS = 200;

    @Option(names = "--backbones", split = ",", defaultValue = "dcnv2,deepfm,dcnv1,dcnv2-mix,mf")
    private List<String> backbones = List.of();

    @Option(names = "--items", defaultValue = "12000", description = "items of the catalogue")
    private int items;

    @Option(names = "--rounds", defaultValue = "9", description = "rounds of forty rankings and forty loops")
    private int rounds;

    private final float[] one = new float[ROW];
    private final float[] other = new float[ROW];

    @Override
    public Integer call() throws IOException {
        Arrays.fill(one, 0.5f);
        System.out.println("| backbone | a ranking, ms | processor | the loop | ratio |");
        System.out.println("|---".repeat(5) + "|");
        for (String backbone : backbones) {
            measure(backbone);
        }
        return 0;
    }

    private void measure(String backbone) throws IOException {
        Path data = Files.createTempDirectory("ranking");
        ServedWorld world = new ServedWorld(backbone, items, USERS);
        world.write(data, "ctr");
        List<UserContext> users = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            users.add(UserContext.of(ServedWorld.user(user), world.history(user)));
        }
        List<Took> rankings = new ArrayList<>();
        List<Took> loops = new ArrayList<>();
        try (Ranker ranker = Ranker.load(data.resolve("serving/ctr/made-up"))) {
            rank(ranker, users, 0, WARM);
            loop(WARM);
            for (int round = 0; round < rounds; round++) {
                int from = round * TURN;
                rankings.add(Contender.timed(() -> rank(ranker, users, from, TURN)));
                loops.add(Contender.timed(() -> loop(TURN)));
            }
        }
        Took ranking = median(rankings);
        Took loop = median(loops);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                backbone,
                1e3 * ranking.seconds() / TURN,
                1e3 * ranking.processor() / TURN,
                1e3 * loop.processor() / TURN,
                ranking.processor() / loop.processor());
    }

    private static void rank(Ranker ranker, List<UserContext> users, int from, int count) {
        for (int k = 0; k < count; k++) {
            float[] scores = ranker.scoreAll(users.get((from + k) % users.size()));
            if (!Float.isFinite(scores[k])) {
                throw new IllegalStateException("scores must be finite, got " + scores[k]);
            }
        }
    }

    private void loop(int count) {
        long sums = (long) count * PRODUCTS * items / ROW;
        for (long k = 0; k < sums; k++) {
            add(0.5f - (k & 1), one, other);
        }
    }

    private static void add(float weight, float[] x, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += weight * x[i];
        }
    }

    private static Took median(List<Took> rounds) {
        List<Took> sorted = rounds.stream()
                .sorted(Comparator.comparingDouble(Took::processor))
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}
