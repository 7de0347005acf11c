package coldstream.benchmarks;

import coldstream.domain.Sample;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.OnlineLearner;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many steps of the learner over a stream of ever new users and items, to see whether memory or time grow. */
@Command(
        name = "soak",
        description = "Many steps over ever new ids under a row capacity: memory and step time as CSV and SVG.",
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {

    private static final double MEBIBYTE = 1 << 20;
    private static final String HEADER =
            "step,seconds,step_ms,thread_ms,resident_mib,outside_heap_mib,direct_mib,heap_mib,user_rows,item_rows,users";

    @Option(names = "--steps", defaultValue = "100000")
    private long steps;

    @Option(names = "--samples", defaultValue = "16", description = "of a step; each draws two negatives")
    private int samples;

    @Option(names = "--every", defaultValue = "500", description = "steps between two looks")
    private int every;

    @Option(names = "--capacity", defaultValue = "20000", description = "row-capacity of the learner")
    private int capacity;

    @Option(names = "--learner", description = "name=value, any setting of the learner")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--out", defaultValue = "soak", description = "without ending: .csv and .svg are added")
    private Path out = Path.of("");

    private final List<Double> at = new ArrayList<>();
    private final Map<String, List<Double>> seen = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        Map<String, String> chosen = new LinkedHashMap<>(Map.of(
                "dimension", "16", "guidance", "none", "device", "cpu", "row-capacity", Integer.toString(capacity)));
        chosen.putAll(settings);
        SoakStream stream = new SoakStream();
        try (OnlineLearner learner = new OnlineLearner(LearnerConfig.of(chosen));
                BufferedWriter csv = Files.newBufferedWriter(Path.of(out + ".csv"))) {
            csv.write(HEADER + "\n");
            stream.items().forEach(learner::item);
            long begin = System.nanoTime();
            for (long step = 0; step < steps; step += every) {
                long before = System.nanoTime();
                double thread = StepsCommand.threadSeconds();
                for (int k = 0; k < every; k++) {
                    step(learner, stream);
                }
                double milliseconds = (System.nanoTime() - before) / 1e6 / every;
                double ofThread = 1e3 * (StepsCommand.threadSeconds() - thread) / every;
                csv.write(line(learner, stream, step + every, begin, milliseconds, ofThread));
                csv.flush();
            }
        }
        plot();
        return 0;
    }

    private void step(OnlineLearner learner, SoakStream stream) {
        if (learner.steps() % 20 == 0) {
            learner.item(stream.replaceItem());
        }
        List<Sample> batch = new ArrayList<>(samples);
        for (int k = 0; k < samples; k++) {
            batch.add(stream.next());
        }
        learner.step(batch);
    }

    private String line(
            OnlineLearner learner, SoakStream stream, long step, long begin, double milliseconds, double ofThread) {
        ProcessMemory memory = ProcessMemory.now();
        Map<String, Long> rows = learner.rows();
        at.add((double) step);
        see("resident memory, MiB", memory.resident() / MEBIBYTE);
        see("resident less the heap, MiB", memory.outside() / MEBIBYTE);
        see("a step, ms of the learning thread", ofThread);
        return String.format(
                Locale.ROOT,
                "%d,%.1f,%.3f,%.3f,%.1f,%.1f,%.2f,%.1f,%d,%d,%d%n",
                step,
                (System.nanoTime() - begin) / 1e9,
                milliseconds,
                ofThread,
                memory.resident() / MEBIBYTE,
                memory.outside() / MEBIBYTE,
                memory.direct() / MEBIBYTE,
                memory.heap() / MEBIBYTE,
                rows.getOrDefault("users", 0L),
                rows.getOrDefault("items", 0L),
                stream.newUsers());
    }

    private void see(String title, double value) {
        seen.computeIfAbsent(title, key -> new ArrayList<>()).add(value);
    }

    private void plot() throws IOException {
        List<LinePlot.Line> lines = new ArrayList<>();
        seen.forEach((title, values) -> {
            lines.add(new LinePlot.Line(title, values));
            int third = values.size() / 3;
            System.out.printf(
                    "%s: %.2f in the middle third, %.2f in the last%n",
                    title, mean(values.subList(third, 2 * third)), mean(values.subList(2 * third, values.size())));
        });
        Files.writeString(Path.of(out + ".svg"), LinePlot.svg("steps", at, lines));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElse(0);
    }
}
