package coldstream.benchmarks.serving;

import coldstream.benchmarks.Contender;
import coldstream.benchmarks.Contender.Took;
import coldstream.model.DeltaBytes;
import coldstream.model.DeltaRecord;
import coldstream.model.Draws;
import coldstream.model.FollowedModel;
import coldstream.model.Ranker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it takes until an epoch can be answered with: everything anew, and what an epoch changed. */
@Command(
        name = "epochs",
        description =
                "Preparing a catalogue for answers: a model just loaded beside one that took in an epoch, in turns.",
        mixinStandardHelpOptions = true)
public final class EpochsCommand implements Callable<Integer> {

    @Option(names = "--backbones", split = ",", defaultValue = "dcnv2,deepfm,dcnv1,autoint")
    private List<String> backbones = List.of();

    @Option(names = "--items", defaultValue = "12000", description = "items of the catalogue")
    private int items;

    @Option(names = "--touched", defaultValue = "500", description = "rows of items that an epoch changes")
    private int touched;

    @Option(names = "--rounds", defaultValue = "15", description = "epochs of each kind, in turns")
    private int rounds;

    @Override
    public Integer call() throws IOException {
        System.out.println("| backbone | anew, ms | after an epoch | processor anew | after an epoch | ratio |");
        System.out.println("|---".repeat(6) + "|");
        for (String backbone : backbones) {
            Path data = Files.createTempDirectory("epochs");
            new ServedWorld(backbone, items, 200).write(data, "ctr");
            measure(backbone, data.resolve("serving/ctr/made-up"));
        }
        return 0;
    }

    private void measure(String backbone, Path snapshot) {
        List<Took> anew = new ArrayList<>();
        List<Took> next = new ArrayList<>();
        try (FollowedModel followed = FollowedModel.load(snapshot)) {
            Ranker before = followed.ranker();
            for (int round = 0; round < rounds; round++) {
                try (FollowedModel fresh = FollowedModel.load(snapshot)) {
                    anew.add(Contender.timed(() -> fresh.ranker().close()));
                }
                change(followed, round);
                Ranker[] made = new Ranker[1];
                next.add(Contender.timed(() -> made[0] = followed.ranker()));
                before.close();
                before = made[0];
            }
            before.close();
        }
        Took one = median(anew);
        Took other = median(next);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f | %.2f |%n",
                backbone,
                1e3 * one.seconds(),
                1e3 * other.seconds(),
                1e3 * one.processor(),
                1e3 * other.processor(),
                other.processor() / one.processor());
    }

    /** Rows of items as an epoch brings them. */
    private void change(FollowedModel model, int round) {
        Draws draws = Draws.of(round, "epoch");
        for (int k = 0; k < touched; k++) {
            float[] row = new float[model.itemRowWidth()];
            draws.normal(row, 0, row.length, 0.1);
            String number = Integer.toString(draws.below(Math.max(1, model.itemRows())));
            model.apply(new DeltaRecord(
                    "items",
                    number,
                    DeltaBytes.write().floats(row, 0, row.length).done()));
        }
    }

    private static Took median(List<Took> rounds) {
        List<Took> sorted = rounds.stream()
                .sorted(Comparator.comparingDouble(Took::processor))
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}
