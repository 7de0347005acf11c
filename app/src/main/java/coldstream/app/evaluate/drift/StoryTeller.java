package coldstream.app.evaluate.drift;

import coldstream.app.chart.StepChart;
import coldstream.app.chart.TimeChart.Point;
import coldstream.app.drift.DriftStory.Watched;
import coldstream.evaluation.EventScores;
import coldstream.evaluation.Stratum;
import coldstream.monitor.Detector;
import coldstream.monitor.Reading;
import coldstream.monitor.Reference;
import coldstream.monitor.Signal;
import coldstream.monitor.Watch;
import coldstream.monitor.WatchedSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers for people what a watch saw. Of a long stream it keeps every second, then every fourth test, and so on. */
final class StoryTeller implements Onlooker {

    static final int SPANS = 40;

    private static final List<Stratum> STRATA =
            List.of(Stratum.OVERALL, Stratum.COLD, Stratum.TAIL, Stratum.NEW_ITEM, Stratum.WARM_HEAD);
    private static final int MOST_TESTS = 400;
    private static final int QUANTILES = 201;
    private static final int BINS = 20;

    private record Told(Instant time, List<Reading> readings) {}

    private final List<Told> tests = new ArrayList<>();
    private final Map<String, List<Double>> areas = new LinkedHashMap<>();
    private final List<StepChart> distributions = new ArrayList<>();
    private int every = 1;
    private int skip;

    @Override
    public void looked(Instant time, List<Reading> readings) {
        if (skip-- > 0) {
            return;
        }
        if (tests.size() == MOST_TESTS) {
            List<Told> kept = new ArrayList<>();
            for (int place = 0; place < MOST_TESTS; place += 2) {
                kept.add(tests.get(place));
            }
            tests.clear();
            tests.addAll(kept);
            every *= 2;
        }
        skip = every - 1;
        tests.add(new Told(time, readings));
    }

    @Override
    public void finished(EventScores scores, Watch watch, ProductWatch.Champion champion) {
        for (Stratum stratum : STRATA) {
            double[] overTime = scores.overTime(stratum, SPANS);
            if (Arrays.stream(overTime).anyMatch(Double::isFinite)) {
                areas.put(stratum.key(), Arrays.stream(overTime).boxed().toList());
            }
        }
        Reference now = watch.learnt();
        champion.reference().ifPresent(reference -> watch.plans().stream()
                .filter(StoryTeller::compared)
                .map(WatchedSignal::signal)
                .forEach(signal -> compare(signal, reference, now)));
    }

    private static boolean compared(WatchedSignal plan) {
        return plan.detectors().contains(Detector.PSI) || plan.detectors().contains(Detector.KS);
    }

    private void compare(Signal signal, Reference reference, Reference now) {
        List<Double> before = reference.quantiles(signal, QUANTILES);
        List<Double> after = now.quantiles(signal, QUANTILES);
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        double low = Math.min(before.get(0), after.get(0));
        double high = Math.max(before.get(QUANTILES - 1), after.get(QUANTILES - 1));
        double width = high > low ? (high - low) / BINS : 1;
        List<Double> edges = new ArrayList<>();
        for (int bin = 0; bin <= BINS; bin++) {
            edges.add(low + bin * width);
        }
        distributions.add(new StepChart(
                "%s, %s".formatted(signal.name().replace('_', ' '), signal.stratum()),
                edges,
                shares(before, low, width),
                shares(after, low, width)));
    }

    private static List<Double> shares(List<Double> quantiles, double low, double width) {
        double[] shares = new double[BINS];
        for (double value : quantiles) {
            shares[Math.min(BINS - 1, (int) ((value - low) / width))] += 1.0 / quantiles.size();
        }
        return Arrays.stream(shares).boxed().toList();
    }

    /** By stratum, equally many events a value; strata without any are left out. */
    Map<String, List<Double>> areas() {
        return areas;
    }

    List<StepChart> distributions() {
        return distributions;
    }

    /** Every signal by each of its detectors that had something to say. */
    List<Watched> signals() {
        Map<String, Watched> found = new LinkedHashMap<>();
        for (Told told : tests) {
            for (Reading reading : told.readings()) {
                if (Double.isFinite(reading.statistic())) {
                    Signal signal = reading.signal();
                    Watched watched = found.computeIfAbsent(
                            signal.key() + " " + reading.detector().key(),
                            key -> new Watched(
                                    signal.layer().key(),
                                    signal.name(),
                                    signal.stratum(),
                                    reading.detector().key(),
                                    new ArrayList<>(),
                                    new ArrayList<>()));
                    watched.statistic().add(new Point(told.time(), reading.statistic()));
                    watched.threshold().add(new Point(told.time(), reading.threshold()));
                }
            }
        }
        return List.copyOf(found.values());
    }
}
