package coldstream.app.evaluate.drift;

import static coldstream.domain.Check.check;

import coldstream.app.Labels;
import coldstream.app.Panel;
import coldstream.app.chart.TimeChart.Line;
import coldstream.app.chart.TimeChart.Point;
import coldstream.app.dataset.DataSets;
import coldstream.app.drift.DriftPage;
import coldstream.app.drift.DriftStory;
import coldstream.app.drift.DriftStory.Told;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Watches a data set as if it streamed by, and writes what changed along it as one HTML file. */
@Command(
        name = "drift",
        description =
                "Learns a data set event by event under the trainer's watch, and writes what changed along it as one"
                        + " HTML file: signals with their thresholds, alarms, quality by stratum, and distributions.",
        footer = {"", "  coldstream drift --data ml-latest-small --out drift.html"},
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DriftCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "folder with interactions.csv.gz and items.csv.gz, or ml-latest-small, or"
                    + " simulated-shop:EVENTS:SEED")
    private Path data = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "where the report goes")
    private Path file = Path.of("");

    @Option(
            names = "--drift",
            split = ",",
            paramLabel = "NAME[@FROM[-UNTIL]]",
            description = "what changes in a simulated shop, such as sudden@0.5")
    private List<String> drifts = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "only the first N events")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--labels",
            paramLabel = "implicit|explicit",
            description = "implicit: every row is a positive (default); explicit: the rating decides")
    private Labels labels = Labels.IMPLICIT;

    @Option(
            names = "--guidance",
            paramLabel = "ARM",
            defaultValue = "s-llmr+residual",
            description = "as the trainer's; none needs no language model (default: s-llmr+residual)")
    private String guidance = "s-llmr+residual";

    @Option(
            names = "--item-rows",
            paramLabel = "START",
            defaultValue = "text",
            description = "text (default) or random, which needs no language model")
    private String itemRows = "text";

    @Option(
            names = "--monitor",
            paramLabel = "KEY=VALUE",
            description = "a setting of the watch, such as trainer.watch.window=500; may be repeated")
    private Map<String, String> monitor = new LinkedHashMap<>();

    @Option(names = "--seed", paramLabel = "S", description = "of the learner (default: 0)")
    private long seed;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check(limit >= 1, "--limit must be positive, got %d", limit);
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        check(
                Files.isDirectory(folder) && Files.isWritable(folder) && !Files.isDirectory(file),
                "--out must name a file in a folder that can be written to, got %s",
                file);
        MonitorSettings.of(monitor);
        DriftJob job = job();
        job.arm().config(seed, 0, job.labels());
        check(job.dataSet().summary().events() > 0, "a report needs events, got none in %s", data);

        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Panel panel = new Panel(spec.commandLine().getErr(), Boolean.getBoolean("coldstream.terminal"));
        var teller = new StoryTeller();
        StreamOutcome outcome = DriftRun.of(
                job, (share, news) -> panel.show(List.of("%3.0f %%  %s".formatted(100 * share, news))), teller);
        panel.clear();
        DriftStory story = story(job, outcome, teller);
        Files.writeString(file, DriftPage.of(story));
        out.printf(
                Locale.ROOT,
                "%,d events, %d alarms, %d signals watched; report: %s%n",
                story.events(),
                story.alarms().size(),
                story.signals().size(),
                file);
        return 0;
    }

    private DriftJob job() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("backbone", "dcnv2");
        settings.put("guidance", guidance);
        settings.put("gate", "reliability");
        settings.put("item-rows", itemRows);
        return new DriftJob(
                data.toString(),
                drifts,
                settings,
                labels.name().toLowerCase(Locale.ROOT),
                seed,
                limit,
                List.of(Remedy.NOTHING.key()),
                monitor,
                StoryTeller.SPANS);
    }

    private DriftStory story(DriftJob job, StreamOutcome outcome, StoryTeller teller) {
        List<Line> areas = new ArrayList<>();
        teller.areas().forEach((stratum, values) -> areas.add(new Line(stratum, false, points(outcome, values))));
        List<Told> alarms = outcome.arms().get(0).raised().stream()
                .filter(raised -> RemedyRun.leadsToAction(raised, outcome.warmUp()))
                .map(raised -> new Told(
                        raised.time(),
                        raised.event(),
                        raised.layer(),
                        raised.signal(),
                        raised.stratum(),
                        raised.detector(),
                        raised.statistic(),
                        raised.threshold(),
                        raised.message()))
                .toList();
        Map<String, Instant> known = new LinkedHashMap<>();
        outcome.change().ifPresent(change -> known.put(change.drift().kind().key(), change.from()));
        outcome.facts().forEach(fact -> known.put(fact.what(), fact.time()));
        return new DriftStory(
                DataSets.simulated(data) ? data + " (simulated)" : DataSets.label(data),
                job.arm().toString(),
                outcome.events(),
                outcome.first(),
                outcome.end(),
                outcome.start(),
                known,
                areas,
                teller.signals(),
                alarms,
                teller.distributions());
    }

    private static List<Point> points(StreamOutcome outcome, List<Double> values) {
        List<Point> points = new ArrayList<>();
        for (int span = 0; span < values.size(); span++) {
            points.add(new Point(outcome.spanEnds().get(span), values.get(span)));
        }
        return points;
    }
}
