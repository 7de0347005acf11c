package coldstream.monitor;

import coldstream.evaluation.drift.Autocorrelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.datasketches.kll.KllFloatsSketch;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values of one signal. A value costs a few nanoseconds, and memory does not grow: what a window cannot hold is
 * thinned evenly. One thread at a time.
 */
public final class Channel extends Subject {

    /** Values of a window. */
    static final int WINDOW = 512;

    /** Independent values that a test takes at least. */
    private static final int LEAST = 100;

    /** Windows of a generation: what is learnt of late is one to two of them. */
    private static final int GENERATION = 8;

    /** Values of a generation that are kept: as many as a sketch of this size holds without blurring any. */
    private static final int KEPT = 2_048;

    private final boolean compared;
    private final @Nullable Blocks blocks;

    private final float[] window = new float[WINDOW];
    private int size;
    private double all;
    private int stride = 1;
    private int skip;
    private long given;
    private long unusable;

    private int windows;
    private int thinning;
    private Generation building;
    private @Nullable Learnt older;
    private @Nullable Distribution olderValues;
    private @Nullable Distribution championValues;

    /** What some windows held; a sketch only of values that are compared. */
    private final class Generation {
        private final @Nullable KllFloatsSketch sketch = compared ? KllFloatsSketch.newHeapInstance(KEPT) : null;
        private final Autocorrelation neighbours = new Autocorrelation();
        private double sum;
        private long count;

        Learnt learnt() {
            return new Learnt(sum / count, 0, neighbours.time(), sketch, count);
        }
    }

    Channel(WatchedSignal plan) {
        super(plan);
        compared = plan.detectors().stream().anyMatch(Channel::ofValues);
        building = new Generation();
        blocks = plan.detectors().stream().anyMatch(Channel::ofBlocks) ? new Blocks(plan.harm()) : null;
    }

    private static boolean ofValues(Detector detector) {
        return detector == Detector.PSI || detector == Detector.KS || detector == Detector.MEAN;
    }

    private static boolean ofBlocks(Detector detector) {
        return detector == Detector.ADWIN || detector == Detector.PAGE_HINKLEY || detector == Detector.KSWIN;
    }

    /** Takes the next value; one that is not finite is counted and left out. */
    public void add(double value) {
        if (!Double.isFinite(value)) {
            unusable++;
            return;
        }
        if (blocks != null) {
            blocks.add(value);
        }
        given++;
        all += value;
        if (!compared) {
            return;
        }
        if (skip > 0) {
            skip--;
            return;
        }
        skip = stride - 1;
        if (size == WINDOW) {
            halve();
        }
        window[size++] = (float) value;
    }

    /** Keeps every second value, and takes every second of those to come. */
    private void halve() {
        for (int k = 0; k < WINDOW / 2; k++) {
            window[k] = window[2 * k];
        }
        size = WINDOW / 2;
        stride *= 2;
        skip = stride - 1;
    }

    /** Values left out so far because they were not finite. */
    public long unusable() {
        return unusable;
    }

    @Override
    boolean ready() {
        return compared ? size >= LEAST && (size / time() >= LEAST || stride > 1) : given >= LEAST;
    }

    /** How many values in a row say the same thing, by the last generation, else by this one. */
    private double time() {
        return older == null ? building.neighbours.time() : older.time();
    }

    @Override
    void look(double level) {
        value = all / given;
        samples = given;
        List<Finding> found = new ArrayList<>();
        Distribution with = championValues != null ? championValues : olderValues;
        reference = with != null ? with.mean() : older != null ? older.mean() : Double.NaN;
        if (with != null) {
            found.addAll(Comparing.findings(plan, with, Distribution.of(window, size, time(), value), level));
        }
        if (blocks != null && blocks.ready()) {
            found.addAll(blocks.look(level));
        }
        findings = plan.detectors().stream()
                .map(wanted -> found.stream()
                        .filter(one -> one.detector() == wanted)
                        .findFirst()
                        .orElseGet(() -> Finding.none(wanted)))
                .toList();
        remember();
    }

    /** Makes the window part of what is learnt, and begins a new one. */
    private void remember() {
        int wanted = Math.max(1, WINDOW * GENERATION / KEPT);
        for (int k = 0; k < size; k++) {
            building.neighbours.add(window[k]);
            if (thinning-- == 0) {
                thinning = wanted - 1;
                if (building.sketch != null && building.sketch.getN() < KEPT) {
                    building.sketch.update(window[k]);
                }
            }
        }
        building.sum += all;
        building.count += given;
        size = 0;
        all = 0;
        given = 0;
        if (stride > 1 && samples < (long) stride * WINDOW / 4) {
            stride /= 2;
        }
        if (++windows == GENERATION) {
            windows = 0;
            resume(building.learnt());
            building = new Generation();
        }
    }

    @Override
    void opened(Detector by) {
        if (blocks != null && ofBlocks(by)) {
            blocks.restart();
        }
    }

    @Override
    void compareWith(@Nullable Learnt champion) {
        championValues = champion == null ? null : distribution(champion);
    }

    private static @Nullable Distribution distribution(Learnt learnt) {
        return learnt.sketch() == null || learnt.sketch().isEmpty() ? null : learnt.distribution();
    }

    @Override
    boolean hasChampion() {
        return championValues != null;
    }

    @Override
    Optional<Learnt> learnt() {
        List<Learnt> parts = new ArrayList<>();
        if (older != null) {
            parts.add(older);
        }
        if (building.count > 0) {
            parts.add(building.learnt());
        }
        KllFloatsSketch both = KllFloatsSketch.newHeapInstance(Learnt.K);
        double total = 0;
        long count = 0;
        double time = 1;
        for (Learnt part : parts) {
            if (part.sketch() != null) {
                both.merge(part.sketch());
            }
            total += part.mean() * part.samples();
            count += part.samples();
            time = Math.max(time, part.time());
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new Learnt(total / count, 0, time, compared ? both : null, count));
    }

    @Override
    void resume(Learnt learnt) {
        older = learnt;
        olderValues = distribution(learnt);
    }
}
