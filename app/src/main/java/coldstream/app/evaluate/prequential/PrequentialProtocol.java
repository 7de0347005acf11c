package coldstream.app.evaluate.prequential;

import coldstream.app.dataset.CacheFolder;
import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.FolderDataSet;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.app.evaluate.protocol.EvaluateOptions;
import coldstream.app.evaluate.protocol.ProgressLine;
import coldstream.app.evaluate.protocol.Protocol;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.textencoder.BgeSmallEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every event is predicted, then learnt; the first 20 % are warm-up. */
public final class PrequentialProtocol implements Protocol {

    private static final double AUDIT_RATE = 0.02;
    private static final double WARM_UP = 0.2;

    @Override
    public String name() {
        return "prequential";
    }

    @Override
    public String description() {
        return "every event predicted, then learnt; first 20 % as warm-up, two sampled negatives an event";
    }

    @Override
    public void check(EvaluateOptions options) {
        for (Arm arm : options.arms()) {
            arm.config(0, 0, options.labels());
            StreamLearners.check(arm);
        }
    }

    @Override
    public int run(EvaluateOptions options, PrintWriter out, PrintWriter err) throws IOException {
        var progress = new ProgressLine(err);
        DataSet dataSet = FolderDataSet.open(options.data());
        Timeline timeline = timeline(dataSet, options, progress);
        long warmUp = (long) (WARM_UP * timeline.samples().size());
        List<ArmRun> runs = new ArrayList<>();
        for (long seed : options.seeds()) {
            for (Arm arm : options.arms()) {
                String name = arm + ", seed " + seed;
                ArmRun run = ArmRun.of(
                        arm,
                        seed,
                        arm.config(seed, warmUp, options.labels()),
                        timeline,
                        (events, soFar) -> progress.learning(
                                name, events, timeline.samples().size(), soFar));
                runs.add(run);
                progress.done(name, run.seconds(), timeline.samples().size());
            }
        }
        progress.say("comparing the arms");
        EvaluationReport report = EvaluationReport.of(name(), dataSet.name(), seen(timeline, dataSet.summary()), runs);
        out.print(EvaluationTable.of(report));
        out.flush();
        if (options.out().isPresent()) {
            Files.write(options.out().get(), report.json());
        }
        return 0;
    }

    /** How much of the data set was looked at. */
    private static DataSet.Summary seen(Timeline timeline, DataSet.Summary all) {
        long users = timeline.samples().stream().map(Sample::user).distinct().count();
        return new DataSet.Summary(timeline.samples().size(), users, all.items());
    }

    private static Timeline timeline(DataSet dataSet, EvaluateOptions options, ProgressLine progress) {
        List<Item> items;
        try (Stream<Item> catalogue = dataSet.items()) {
            items = catalogue.toList();
        }
        boolean guided = options.arms().stream().anyMatch(Arm::guided);
        boolean taught = options.arms().stream().anyMatch(Arm::taught);
        List<ItemVector> vectors = taught ? vectors(items, progress) : List.of();
        try (Stream<Interaction> interactions = dataSet.interactions()) {
            return Timeline.of(
                    items,
                    vectors,
                    interactions.limit(options.limit()),
                    new LocalIngest(options.labelRules(), AUDIT_RATE),
                    guided ? Optional.of(new EncoderTeacher(items, vectors)) : Optional.empty(),
                    events -> progress.say("reading: %,d events".formatted(events)));
        }
    }

    private static List<ItemVector> vectors(List<Item> items, ProgressLine progress) {
        int threads = Math.max(1, Math.min(64, Runtime.getRuntime().availableProcessors()));
        try (var encoder = new BgeSmallEncoder(threads)) {
            return new TextVectorCache(encoder, CacheFolder.of(System.getenv()))
                    .vectors(items, left -> progress.say("encoding texts: %,d left".formatted(left)));
        }
    }
}
