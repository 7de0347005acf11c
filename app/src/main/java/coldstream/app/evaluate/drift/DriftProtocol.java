package coldstream.app.evaluate.drift;

import coldstream.app.Panel;
import coldstream.app.dataset.DataSets;
import coldstream.app.dataset.Drift;
import coldstream.app.dataset.SimulatedShop;
import coldstream.app.evaluate.prequential.TextTeacher;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.app.evaluate.protocol.EvaluateOptions;
import coldstream.app.evaluate.protocol.Protocol;
import coldstream.app.evaluate.worker.Job;
import coldstream.app.evaluate.worker.JobDisplay;
import coldstream.app.evaluate.worker.JobRunner;
import coldstream.app.evaluate.worker.Messages;
import coldstream.app.evaluate.worker.WorkerPool;
import coldstream.domain.Check;
import coldstream.domain.Item;
import coldstream.trainer.BuildInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The product's learner under the product's watch, over streams where something changes at a known time: what is noticed of it
 * and how soon, what is raised where nothing changes, and what acting on an alarm is worth. A seed is another shop and another
 * learner. Of the arms asked for the last one learns.
 *
 * <p>Where the data is not simulated nobody knows what changed: then what was raised is listed.
 */
public final class DriftProtocol implements Protocol {

    private static final Path BY_DEFAULT = Path.of("simulated-shop:40000");

    private final JobRunner.Factory runners;

    /** Each stream in a process of its own. */
    public DriftProtocol() {
        this(WorkerPool::ofThisProgram);
    }

    /** Streams learnt otherwise. */
    public DriftProtocol(JobRunner.Factory runners) {
        this.runners = runners;
    }

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public boolean readsData() {
        return false;
    }

    @Override
    public void check(EvaluateOptions options) {
        arm(options).config(0, 0, options.labels());
        Check.check(!arm(options).peer(), "protocol drift must watch our own learner, got %s", arm(options));
        remedies(options).forEach(Remedy::parse);
        Path data = options.dataOr(BY_DEFAULT);
        Check.check(
                !DataSets.simulated(data) || data.toString().split(":", -1).length <= 2,
                "protocol drift takes the shops' seeds from --seeds and --first-seed, got --data %s",
                data);
        MonitorSettings.of(options.drift().monitor());
    }

    @Override
    public int run(EvaluateOptions options, PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
        Panel panel = new Panel(err, options.terminal());
        Map<String, List<Job>> jobs = new LinkedHashMap<>();
        for (String drift : drifts(options)) {
            jobs.put(
                    drift,
                    options.seeds().stream()
                            .map(seed -> job(options, drift, seed))
                            .toList());
        }
        encodeTexts(options, panel);
        List<Job> all = jobs.values().stream().flatMap(List::stream).toList();
        JobRunner workers = runners.of(
                options.prequential().parallel(all.size()),
                options.prequential().workerMemory(),
                options.prequential().keep());
        List<StreamOutcome> outcomes = workers.run(all, new JobDisplay(panel, all.size())).stream()
                .map(tree -> Messages.value(tree, StreamOutcome.class))
                .toList();
        Map<String, List<StreamOutcome>> streams = new LinkedHashMap<>();
        int place = 0;
        for (Map.Entry<String, List<Job>> drift : jobs.entrySet()) {
            int next = place + drift.getValue().size();
            streams.put(drift.getKey(), outcomes.subList(place, next));
            place = next;
        }
        write(
                new DriftReport(
                        "%s, %,d events, seeds %s"
                                .formatted(
                                        options.dataOr(BY_DEFAULT),
                                        outcomes.get(0).events(),
                                        options.seeds()),
                        arm(options).toString(),
                        options.drift().horizon(),
                        options.drift().detectors(),
                        streams),
                options,
                out);
        return 0;
    }

    private static void write(DriftReport report, EvaluateOptions options, PrintWriter out) throws IOException {
        if (options.out().isPresent()) {
            Files.write(options.out().get(), DriftJson.of(report));
        }
        if (options.prequential().chart().isPresent()) {
            Files.writeString(options.prequential().chart().get(), DriftChart.of(report));
        }
        out.print(DriftTable.of(report));
        out.flush();
    }

    /** Where nothing changes, then each drift by itself; of data that is not simulated only the former. */
    private static List<String> drifts(EvaluateOptions options) {
        List<String> names = new ArrayList<>(List.of(DriftReport.NOTHING));
        if (DataSets.simulated(options.dataOr(BY_DEFAULT))) {
            List<Drift> asked = options.drifts().isEmpty()
                    ? Arrays.stream(Drift.Kind.values()).map(Drift::of).toList()
                    : options.drifts();
            asked.stream().map(Drift::toString).forEach(names::add);
        } else {
            Check.check(
                    options.drifts().isEmpty(),
                    "a drift can only be had in the simulated shop, got %s",
                    options.drifts());
        }
        return names;
    }

    private static List<String> remedies(EvaluateOptions options) {
        List<String> names = new ArrayList<>(List.of(Remedy.NOTHING.key()));
        if (!options.drift().actions().isEmpty()) {
            options.drift().actions().stream()
                    .filter(name -> !names.contains(name))
                    .forEach(names::add);
        } else if (DataSets.simulated(options.dataOr(BY_DEFAULT))) {
            Remedy.names().stream().filter(name -> !names.contains(name)).forEach(names::add);
        }
        return names;
    }

    private static Arm arm(EvaluateOptions options) {
        List<Arm> arms = options.arms();
        return arms.get(arms.size() - 1);
    }

    private static String data(EvaluateOptions options, long seed) {
        Path data = options.dataOr(BY_DEFAULT);
        if (!DataSets.simulated(data)) {
            return data.toString();
        }
        String size = data.equals(DataSets.SHOP) ? data + ":" + SimulatedShop.STANDARD_EVENTS : data.toString();
        return size + ":" + seed;
    }

    private Job job(EvaluateOptions options, String drift, long seed) {
        DriftJob job = new DriftJob(
                data(options, seed),
                drift.equals(DriftReport.NOTHING) ? List.of() : List.of(drift),
                arm(options).settings(),
                options.labels(),
                seed,
                options.limit(),
                remedies(options),
                options.drift().monitor(),
                options.prequential().spans());
        return new Job(
                "%s, seed %d".formatted(drift, seed), DriftJob.KIND, Messages.tree(job), BuildInfo.commit() + job);
    }

    /** Once, so that workers find the vectors in the cache. */
    private static void encodeTexts(EvaluateOptions options, Panel panel) {
        if (!arm(options).taught() || arm(options).teacher().equals("random")) {
            return;
        }
        List<Item> items = new ArrayList<>();
        for (long seed : options.seeds()) {
            try (Stream<Item> some = DataSets.open(
                            Path.of(data(options, seed)),
                            DataSets.simulated(Path.of(data(options, seed)))
                                    ? List.of(Drift.of(Drift.Kind.CATALOGUE_RENEWAL))
                                    : List.of(),
                            System.getenv())
                    .items()) {
                items.addAll(some.toList());
            }
        }
        TextTeacher.vectors(items, news -> panel.show(List.of(news)));
    }
}
