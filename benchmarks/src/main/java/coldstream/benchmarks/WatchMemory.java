package coldstream.benchmarks;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.model.Draws;
import coldstream.monitor.Alarm;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.watch.StreamWatch;
import coldstream.trainer.watch.WatchConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The heap of a watch, after a collection, at every tenth of many samples of ever new users and items. */
final class WatchMemory {

    private static final double MEBIBYTE = 1 << 20;
    private static final int STEP = 1_000;
    private static final int LOOKS = 10;
    private static final GateReport GATE =
            new GateReport("off", "confidence", List.of(), 0, Map.of(), Map.of(), 0, 0, GateReport.Dose.NONE, Map.of());

    private final long observations;
    private final Draws draws = Draws.of(5, "watch");
    private final StreamWatch watch = new StreamWatch(WatchConfig.DEFAULT);
    private final SoakStream stream = new SoakStream();

    WatchMemory(long observations) {
        this.observations = observations;
    }

    void run() {
        List<Sample> some = new ArrayList<>();
        for (int k = 0; k < 50 * STEP; k++) {
            some.add(stream.next());
        }
        double before = heap();
        System.out.println("samples,seconds,heap_mib,alarms");
        long begin = System.nanoTime();
        long alarms = 0;
        for (long done = 0; done < observations; done += STEP) {
            if (done % Math.max(STEP, observations / LOOKS / STEP * STEP) == 0) {
                print(done, begin, before, alarms);
            }
            int from = (int) (done % some.size());
            alarms += step(done, some.subList(from, from + STEP)).stream()
                    .filter(Alarm::open)
                    .count();
        }
        print(observations, begin, before, alarms);
    }

    private List<Alarm> step(long done, List<Sample> samples) {
        List<ScoredEvent> events = new ArrayList<>(STEP);
        for (Sample sample : samples) {
            var negative = new ScoredEvent.Negative(new ItemId("none"), draws.uniform() - 1, false);
            events.add(new ScoredEvent(sample, 2 * draws.uniform(), List.of(negative, negative), true));
        }
        StepResult result = new StepResult(done / STEP, events, StepResult.Statistics.NONE);
        return watch.applied(new StreamWatch.Applied(
                done / STEP, false, samples, List.of(), Optional.of(result), () -> GATE, item -> 3));
    }

    private static void print(long done, long begin, double before, long alarms) {
        System.out.printf(
                Locale.ROOT, "%d,%.1f,%.2f,%d%n", done, (System.nanoTime() - begin) / 1e9, heap() - before, alarms);
    }

    private static double heap() {
        for (int k = 0; k < 3; k++) {
            System.gc();
        }
        return ProcessMemory.now().heap() / MEBIBYTE;
    }
}
