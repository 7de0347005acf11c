package coldstream.app.evaluate;

import coldstream.app.dataset.CacheFolder;
import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.FolderDataSet;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.LabelRules;
import coldstream.domain.Sample;
import coldstream.textencoder.BgeSmallEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code coldstream evaluate}: arms by strata and seeds on a data set, with paired intervals, without Kafka. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares ways of learning on a data set: every event is predicted, then learnt. "
                + "Options with several values try every combination; the first is what the others are compared with.")
public final class EvaluateCommand implements Callable<Integer> {

    private static final double AUDIT_RATE = 0.02;
    private static final double WARM_UP = 0.2;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the data set.")
    private Path data = Path.of("");

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            defaultValue = "prequential",
            description = "prequential (default): first 20 %% as warm-up, two sampled negatives an event.")
    private String protocol = "prequential";

    @Option(
            names = "--backbone",
            split = ",",
            defaultValue = "dcnv2",
            paramLabel = "NAME",
            description = "dcnv2 (default) or deepfm.")
    private List<String> backbones = List.of();

    @Option(
            names = "--guidance",
            split = ",",
            defaultValue = "none,s-llmr+residual",
            paramLabel = "ARM",
            description = "none, s-llmr, residual, or two joined by +; default none,s-llmr+residual.")
    private List<String> guidances = List.of();

    @Option(
            names = "--gate",
            split = ",",
            defaultValue = "reliability",
            paramLabel = "MODE",
            description = "off, global, literal or reliability (default).")
    private List<String> gates = List.of();

    @Option(
            names = "--item-rows",
            split = ",",
            defaultValue = "text",
            paramLabel = "START",
            description = "Where an item's row starts: text (default) or random.")
    private List<String> itemRows = List.of();

    @Option(
            names = "--labels",
            defaultValue = "implicit",
            paramLabel = "KIND",
            description =
                    "implicit (default): every interaction is a positive; explicit: a rating below 4 is a negative.")
    private String labels = "implicit";

    @Option(
            names = "--learner",
            paramLabel = "NAME=VALUE",
            description = "Any other setting of the learner, such as pair-weight=0.1; may be repeated.")
    private Map<String, String> learner = Map.of();

    @Option(names = "--first-seed", defaultValue = "0", paramLabel = "S", description = "First seed, default 0.")
    private long firstSeed;

    @Option(names = "--seeds", defaultValue = "1", paramLabel = "N", description = "Number of seeds, default 1.")
    private int seeds = 1;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N events.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path out;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        refuseWhatIsNotThere();
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter result = command.commandLine().getOut();
        var progress = new ProgressLine(command.commandLine().getErr());
        List<Arm> arms = Arm.every(backbones, gates, itemRows, guidances, learner);
        arms.forEach(arm -> arm.config(firstSeed, 0, labels));
        DataSet dataSet = FolderDataSet.open(data);
        Timeline timeline = timeline(dataSet, arms, progress);
        long warmUp = (long) (WARM_UP * timeline.samples().size());
        List<ArmRun> runs = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            for (Arm arm : arms) {
                String name = arm + ", seed " + seed;
                runs.add(ArmRun.of(
                        arm,
                        seed,
                        arm.config(seed, warmUp, labels),
                        timeline,
                        (events, soFar) -> progress.learning(
                                name, events, timeline.samples().size(), soFar)));
                progress.done(
                        name,
                        runs.get(runs.size() - 1).seconds(),
                        timeline.samples().size());
            }
        }
        progress.say("comparing the arms");
        EvaluationReport report =
                EvaluationReport.of(protocol, dataSet.name(), seen(timeline, dataSet.summary()), runs);
        result.print(EvaluationTable.of(report));
        result.flush();
        if (out != null) {
            Files.write(out, report.json());
        }
        return 0;
    }

    /** How much of the data set was looked at. */
    private static DataSet.Summary seen(Timeline timeline, DataSet.Summary all) {
        long users = timeline.samples().stream().map(Sample::user).distinct().count();
        return new DataSet.Summary(timeline.samples().size(), users, all.items());
    }

    private void refuseWhatIsNotThere() {
        CommandSpec command = Objects.requireNonNull(spec);
        if (!protocol.equals("prequential")) {
            throw new ParameterException(
                    command.commandLine(),
                    "protocol must be prequential (leave-one-out is not there yet), got " + protocol);
        }
        if (!labels.equals("implicit") && !labels.equals("explicit")) {
            throw new ParameterException(command.commandLine(), "labels must be implicit or explicit, got " + labels);
        }
        if (seeds < 1 || seeds > 1_000 || limit < 100) {
            throw new ParameterException(
                    command.commandLine(),
                    "seeds must be 1 to 1000 and limit at least 100, got %d and %d".formatted(seeds, limit));
        }
    }

    private Timeline timeline(DataSet dataSet, List<Arm> arms, ProgressLine progress) {
        List<Item> items;
        try (Stream<Item> catalogue = dataSet.items()) {
            items = catalogue.toList();
        }
        boolean guided = arms.stream().anyMatch(Arm::guided);
        List<ItemVector> vectors = guided || itemRows.contains("text") ? vectors(items, progress) : List.of();
        LabelRules rules = labels.equals("implicit") ? LabelRules.IMPLICIT : LabelRules.EXPLICIT;
        try (Stream<Interaction> interactions = dataSet.interactions()) {
            return Timeline.of(
                    items,
                    vectors,
                    interactions.limit(limit),
                    new LocalIngest(rules, AUDIT_RATE),
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
