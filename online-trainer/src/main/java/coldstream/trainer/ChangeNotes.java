package coldstream.trainer;

import coldstream.domain.Sample;
import coldstream.trainer.delta.Arrivals;
import coldstream.trainer.delta.Epoch;
import coldstream.wire.EpochMarker.Arrival;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a learner changed that readers have not seen: since which step it notes changes, up to where they were taken, and when
 * the events behind them came. Not thread-safe.
 */
final class ChangeNotes {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeNotes.class);

    private boolean wanted;

    /** The step since when changes are noted, or up to which they are known to be given away; -1 while none are noted. */
    private long from = -1;

    /** Up to where changes were taken. */
    private long taken = -1;

    private Arrivals arrivals = new Arrivals();

    /**
     * Changes taken and not yet given away.
     *
     * @param from they changed after this step
     * @param arrivals when the events of the steps behind it came
     */
    record Taken(Epoch.Changes changes, long from, List<Arrival> arrivals) {}

    /** Changes shall be noted, from some snapshot on. */
    void want() {
        wanted = true;
    }

    /** Whether changes are noted now. */
    boolean noting() {
        return from >= 0;
    }

    /** The learner notes changes from this step on, where that is wanted; what it noted before is forgotten. */
    void begin(Learning learner, long step) {
        if (wanted) {
            learner.noteChanges();
            from = step;
            taken = -1;
            arrivals = new Arrivals();
        }
    }

    /** Notes when the events of a step that was learnt came. */
    void arrived(List<Sample> samples) {
        if (wanted) {
            samples.forEach(sample -> arrivals.add(sample.ingestTime()));
        }
    }

    /**
     * What a learner that failed had noted and not given away is noted by the other, which is in the same state but for the
     * step it failed on; what the step changed there, it has noted by itself.
     */
    void carryOver(Learning failed, Learning other) {
        if (!noting()) {
            return;
        }
        try {
            failed.changes().ifPresent(other::changesLost);
        } catch (RuntimeException e) { // it broke off in the midst of something
            from = -1;
            LOG.atWarn()
                    .setCause(e)
                    .log("changes before a record that was refused are lost, epochs go on from a snapshot");
        }
    }

    /** What changed up to this step since changes were last known to be given away; empty without a new step. */
    Optional<Taken> take(Learning learner, long step) {
        if (!noting() || step <= Math.max(from, taken)) {
            return Optional.empty();
        }
        return learner.changes().map(changes -> {
            taken = step;
            return new Taken(changes, from, arrivals.take());
        });
    }

    /** What was taken is where readers see it. */
    void given(Epoch epoch) {
        if (taken == epoch.step()) { // else this is another learner by now
            from = epoch.step();
        }
    }

    /** What was taken may not be where readers see it: it belongs to what is taken next. */
    void lost(Learning learner, Epoch epoch) {
        if (taken == epoch.step() && noting()) {
            taken = -1;
            learner.changesLost(epoch.changes());
            arrivals.addAll(epoch.arrivals());
        }
    }
}
