package coldstream.app;

import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.DataSets;
import coldstream.domain.Interaction;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends a data set to a system that runs. */
@Command(
        name = "replay",
        description = "Sends a data set's items, then its events in order, to Kafka.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReplayCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int NEWS_EVERY = 10_000;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "folder with interactions.csv.gz and items.csv.gz, or simulated-shop:EVENTS:SEED")
    private Path data = Path.of("");

    @Mixin
    private final DriftOption drift = new DriftOption();

    @Option(
            names = "--rate",
            paramLabel = "N|max",
            converter = Rate.Converter.class,
            description = "events per second (default: max)")
    private Rate rate = Rate.MAX;

    @Option(
            names = "--labels",
            paramLabel = "implicit|explicit",
            description = "implicit: every row is a positive (default); explicit: the rating decides")
    private Labels labels = Labels.IMPLICIT;

    @Option(names = "--limit", paramLabel = "N", description = "send the first N events only")
    private long limit = Long.MAX_VALUE;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        DataSet source = DataSets.open(data, drift.seen(), System.getenv());
        Settings settings = options.read(Services.settings());
        Topics topics = new Topics(settings.get(SharedSettings.NAMESPACE));
        new TopicSetup(
                        topics,
                        settings.get(SharedSettings.MODEL_NAME),
                        settings.get(SharedSettings.TOPIC_PARTITIONS),
                        settings.get(SharedSettings.TOPIC_REPLICATION))
                .ensure(settings.kafkaClient(), PATIENCE);
        try (Replay replay = new Replay(topics, settings.kafkaClient());
                Stream<Interaction> rows = source.interactions()) {
            long items = replay.items(source);
            out.println("sent " + items + " items to " + topics.items());
            long events = replay.events(rows.iterator(), labels, limit, rate.perSecond(), sent -> {
                if (sent % NEWS_EVERY == 0) {
                    out.println("sent " + sent + " events");
                    out.flush();
                }
            });
            out.println("sent " + events + " events to " + topics.interactions());
        }
        return CommandLine.ExitCode.OK;
    }
}
