package coldstream.trainer;

import coldstream.trainer.delta.DeltaPublisher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Takes an epoch at set intervals, if anything was learnt and the one before is given away.
 *
 * <p>None is taken before the steps of an earlier start have been repeated: readers may have seen epochs of those, and an
 * epoch from their midst would take some rows back and leave others.
 */
final class PublishedEpochs implements Epochs {

    private final Training training;
    private final DeltaPublisher publisher;
    private final Duration interval;
    private final InstantSource clock;
    private Instant last;

    PublishedEpochs(Training training, DeltaPublisher publisher, Duration interval, InstantSource clock) {
        this.training = training;
        this.publisher = publisher;
        this.interval = interval;
        this.clock = clock;
        last = clock.instant();
        training.noteChanges();
    }

    @Override
    public void look(boolean caughtUp) {
        Instant now = clock.instant();
        if (!caughtUp || !publisher.idle() || Duration.between(last, now).compareTo(interval) < 0) {
            return;
        }
        training.changes(now).ifPresent(epoch -> {
            last = now;
            publisher.submit(epoch, training::changesGiven, training::changesLost);
        });
    }
}
