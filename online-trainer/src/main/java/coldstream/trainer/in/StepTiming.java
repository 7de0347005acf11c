package coldstream.trainer.in;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** When a new step is due: a batch is there, or what waits has waited long enough. Not thread-safe. */
final class StepTiming {

    static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    /** What a step takes in besides samples. */
    static final List<Input> UPDATES = List.of(Input.ITEMS, Input.VECTORS, Input.SCORES, Input.PROFILES);

    private static final Set<Input> CATALOGUE = Set.of(Input.ITEMS, Input.VECTORS);
    private static final long NOTHING_WAITS = Long.MIN_VALUE;

    private final InputBuffers buffers;
    private final KnownEnds ends;
    private final StepRules rules;
    private final LongSupplier nanoTime;
    private boolean catalogueRead;
    private long firstWaitingSince = NOTHING_WAITS;

    StepTiming(InputBuffers buffers, KnownEnds ends, StepRules rules, LongSupplier nanoTime) {
        this.buffers = buffers;
        this.ends = ends;
        this.rules = rules;
        this.nanoTime = nanoTime;
    }

    /** How long to wait for more before a step may be due. */
    Duration patience() {
        return isFull() ? Duration.ZERO : untilDue();
    }

    /**
     * Whether a step is due; if so, what comes after it begins to wait anew.
     *
     * @param directed whether a step has something to do but for records
     */
    boolean due(boolean directed) {
        if (!samplesWait() && !updatesWait() && !directed) {
            firstWaitingSince = NOTHING_WAITS;
            return false;
        }
        if (firstWaitingSince == NOTHING_WAITS) {
            firstWaitingSince = nanoTime.getAsLong();
        }
        if (!isFull() && !untilDue().isZero()) {
            return false;
        }
        firstWaitingSince = NOTHING_WAITS;
        return true;
    }

    /** Whether there are samples that may go into a step now. */
    boolean samplesWait() {
        return trainable() > 0;
    }

    /** Whether a step need not wait for more: a batch is there, with no partition left behind the others. */
    private boolean isFull() {
        return trainable() == 0
                ? fullOfUpdates()
                : trainable() >= rules.batchSize() && !buffers.isStarved(Input.SAMPLES);
    }

    private int trainable() {
        return catalogueRead() ? buffers.waiting(Input.SAMPLES) : 0;
    }

    private boolean updatesWait() {
        return UPDATES.stream().anyMatch(input -> buffers.waiting(input) > 0);
    }

    private boolean fullOfUpdates() {
        return UPDATES.stream().anyMatch(input -> buffers.waiting(input) >= rules.updates());
    }

    /**
     * Whether the items and vectors that existed at the start are read: a trainer that starts behind learns what the items
     * are before it learns from what users did with them.
     */
    private boolean catalogueRead() {
        catalogueRead = catalogueRead || ends.areRead(CATALOGUE);
        return catalogueRead && CATALOGUE.stream().allMatch(input -> buffers.waiting(input) <= rules.updates());
    }

    /** How long the waiting records may still wait, at most {@link #LONGEST_WAIT}. */
    private Duration untilDue() {
        if (firstWaitingSince == NOTHING_WAITS) {
            return LONGEST_WAIT;
        }
        long left = rules.linger().toNanos() - (nanoTime.getAsLong() - firstWaitingSince);
        return Duration.ofNanos(Math.min(Math.max(left, 0), LONGEST_WAIT.toNanos()));
    }
}
