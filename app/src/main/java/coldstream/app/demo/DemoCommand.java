package coldstream.app.demo;

import static coldstream.domain.Check.check;

import coldstream.app.BackboneNames;
import coldstream.app.DriftOption;
import coldstream.app.Labels;
import coldstream.app.Logs;
import coldstream.app.Meters;
import coldstream.app.Panel;
import coldstream.app.Rate;
import coldstream.app.Services;
import coldstream.app.SettingsOptions;
import coldstream.app.Version;
import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.DataSets;
import coldstream.app.dataset.MovieLens;
import coldstream.service.Settings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole system at work. */
@Command(
        name = "demo",
        description = {
            "Runs the whole system in one process, on a Kafka and a Redis of its own: replays a data set,",
            "shows progress, and ends with a table and, if asked, a report."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
public final class DemoCommand implements Callable<Integer> {

    /** Share of the stream that is learnt from before predictions count, as is usual for such streams. */
    private static final double WARM_UP = 0.2;

    /** System property: whether standard output is a terminal that can move its cursor; the script knows. */
    private static final String TERMINAL = "coldstream.terminal";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with interactions.csv.gz and items.csv.gz (default: MovieLens latest-small from the"
                    + " cache or the network, else a simulated shop), or simulated-shop:EVENTS:SEED")
    private @Nullable Path data;

    @Mixin
    private final DriftOption drift = new DriftOption();

    @Option(names = "--limit", paramLabel = "N", description = "replay the first N events only")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--labels",
            paramLabel = "implicit|explicit",
            description = "implicit: every row is a positive (default); explicit: the rating decides")
    private Labels labels = Labels.IMPLICIT;

    @Option(
            names = "--rate",
            paramLabel = "N|max",
            converter = Rate.Converter.class,
            description = "events per second (default: max)")
    private Rate rate = Rate.MAX;

    @Option(
            names = "--backbone",
            paramLabel = "B",
            completionCandidates = BackboneNames.class,
            description = "network: ${COMPLETION-CANDIDATES}; default dcnv2")
    private @Nullable String backbone;

    @Option(
            names = "--gate",
            paramLabel = "G",
            description = "reliability (default), literal, global, schedule, off, meta, prior-kl or cell")
    private @Nullable String gate;

    @Option(
            names = "--guidance",
            paramLabel = "A",
            description =
                    "none, or s-llmr, pointwise-mse, pointwise-bce, residual and teacher-field joined by + (default: s-llmr+residual)")
    private @Nullable String guidance;

    @Option(names = "--port-offset", paramLabel = "N", description = "added to every port (default: 0)")
    private int portOffset;

    @Option(names = "--report", paramLabel = "FILE", description = "write the report there, as JSON")
    private @Nullable Path report;

    @Option(names = "--log", paramLabel = "FILE", description = "write the log there (default: coldstream.log)")
    private Path log = Path.of("coldstream.log");

    @Option(names = "--keep-running", description = "leave everything up after the report, until Ctrl-C")
    private boolean keepRunning;

    @Mixin
    private final SettingsOptions settingsOptions = new SettingsOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        long started = System.nanoTime();
        check(limit > 0, "--limit must be positive, got %d", limit);
        checkWritable("--report", report);
        checkWritable("--log", log);
        DemoPorts ports = DemoPorts.offset(portOffset);
        DemoData source = data == null && drift.seen().isEmpty()
                ? DemoData.byDefault(System.getenv(), MovieLens.LATEST_SMALL)
                : DemoData.in(Objects.requireNonNullElse(data, DataSets.SHOP), drift.seen(), System.getenv());
        Settings settings = settings(source.set());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Panel panel = new Panel(out, Boolean.getBoolean(TERMINAL));
        Logs.toFile(log);
        announce(panel, source, ports);
        PrometheusMeterRegistry meters = Meters.forThisProcess();
        DemoOptions options = new DemoOptions(limit, labels, rate, Optional.ofNullable(report), keepRunning);
        try (DemoSystem system = DemoSystem.start(settings, ports, meters)) {
            Report result = new DemoRun(options, source.set(), system, meters, panel).run(started);
            panel.say(ReportText.of(result) + PeakMemory.line());
            options.report().ifPresent(file -> {
                ReportWriter.write(result, file);
                panel.say("report: " + file);
            });
            if (keepRunning) {
                panel.say("everything stays up; Ctrl-C ends it");
                new CountDownLatch(1).await();
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** The demo's own defaults, then what the user set, then what the options say. */
    private Settings settings(DataSet set) {
        long events = Math.min(limit, set.summary().events());
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("topics.partitions", "1");
        defaults.put("trainer.warm-up", Long.toString((long) (WARM_UP * events)));
        defaults.put("trainer.snapshot-interval", "15s");
        defaults.put("scorer.debounce", "0s"); // a replay puts days into seconds; ingest debounces by event time
        if (labels == Labels.EXPLICIT) {
            defaults.put("ingest.labels", "explicit");
            defaults.put("trainer.labels", "explicit");
        }
        Map<String, String> chosen = new LinkedHashMap<>();
        putIfGiven(chosen, "trainer.backbone", backbone);
        putIfGiven(chosen, "trainer.gate", gate);
        putIfGiven(chosen, "trainer.guidance", guidance);
        return settingsOptions.read(Services.settings(), defaults).with(chosen);
    }

    private void announce(Panel panel, DemoData source, DemoPorts ports) {
        DataSet.Summary summary = source.set().summary();
        if (!source.notice().isEmpty()) {
            panel.say("NOTE: " + source.notice());
        }
        panel.say(
                String.format(
                        Locale.ROOT,
                        "%s: %,d events of %,d users with %,d items",
                        source.set().name(),
                        Math.min(limit, summary.events()),
                        summary.users(),
                        summary.items()),
                "  Kafka     127.0.0.1:" + ports.kafka() + "   Redis 127.0.0.1:" + ports.redis(),
                "  console   " + DemoPorts.http(ports.console()) + "/",
                "  ingest    " + DemoPorts.http(ports.ingest()) + "/v1/interactions",
                "  serving   " + DemoPorts.http(ports.serving()) + "/v1/recommendations?user=...",
                "  registry  " + DemoPorts.http(ports.registry()),
                "  metrics   " + DemoPorts.http(ports.trainer()) + "/metrics (trainer), "
                        + DemoPorts.http(ports.scorer()) + "/metrics (scorer)",
                "  log       " + log);
    }

    private static void putIfGiven(Map<String, String> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    private static void checkWritable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        check(
                Files.isDirectory(folder) && Files.isWritable(folder) && !Files.isDirectory(file),
                "%s must name a file in a folder that can be written to, got %s",
                option,
                file);
    }
}
