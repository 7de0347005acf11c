package coldstream.benchmarks.serving;

import coldstream.benchmarks.Contender;
import coldstream.benchmarks.Contender.Took;
import coldstream.benchmarks.SoakStream;
import coldstream.domain.Sample;
import coldstream.model.DeltaBytes;
import coldstream.model.DeltaRecord;
import coldstream.model.Draws;
import coldstream.model.FollowedModel;
import coldstream.model.Ranker;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.wire.DeltaEnvelope;
import coldstream.wire.DeltaEnvelope.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final int WARM = 20_000;
    private static final int BATCH = 100;

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
        System.out.println();
        System.out.println("| backbone | samples in an epoch | records | of rows, kB | of dense weights, kB |");
        System.out.println("|---".repeat(5) + "|");
        for (String backbone : backbones) {
            size(backbone);
        }
        return 0;
    }

    /** What epochs of some samples weigh, as they are written to the topic. */
    private static void size(String backbone) {
        SoakStream stream = new SoakStream();
        Map<String, String> knobs = Map.of("backbone", backbone, "device", "cpu", "guidance", "none");
        try (OnlineLearner learner = new OnlineLearner(LearnerConfig.of(knobs))) {
            stream.items().forEach(learner::item);
            learn(learner, stream, WARM);
            learner.noteChanges();
            for (int samples : List.of(100, 1_000, 5_000)) {
                learn(learner, stream, samples);
                long[] sums = new long[3];
                learner.changes().records(record -> {
                    Stamp stamp = new Stamp(1, 1, 1);
                    int bytes = DeltaEnvelope.seal(record.key(), stamp, record.content()).length;
                    sums[0]++;
                    sums[record.table().equals("dense") ? 2 : 1] +=
                            bytes + record.key().length();
                });
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %d | %.0f | %.0f |%n",
                        backbone,
                        samples,
                        sums[0],
                        sums[1] / 1e3,
                        sums[2] / 1e3);
            }
        }
    }

    private static void learn(OnlineLearner learner, SoakStream stream, int samples) {
        for (int done = 0; done < samples; done += BATCH) {
            List<Sample> batch = new ArrayList<>();
            for (int k = 0; k < Math.min(BATCH, samples - done); k++) {
                batch.add(stream.next());
            }
            learner.step(batch);
        }
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
