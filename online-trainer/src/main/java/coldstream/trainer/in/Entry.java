package coldstream.trainer.in;

import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import java.time.Instant;

/** One input record, read. */
sealed interface Entry {

    /** Of the record in its partition. */
    long offset();

    /** Puts the content where the step wants it. */
    void addTo(StepContents contents);

    /** What orders partitions of samples among each other. */
    default Instant time() {
        return Instant.MIN;
    }

    record Items(long offset, ItemChange change) implements Entry {
        @Override
        public void addTo(StepContents contents) {
            contents.items.add(change);
        }
    }

    record Vectors(long offset, ItemVector vector) implements Entry {
        @Override
        public void addTo(StepContents contents) {
            contents.vectors.add(vector);
        }
    }

    record Scores(long offset, SoftScores scores) implements Entry {
        @Override
        public void addTo(StepContents contents) {
            contents.scores.add(scores);
        }
    }

    record Profiles(long offset, TasteProfile profile) implements Entry {
        @Override
        public void addTo(StepContents contents) {
            contents.profiles.add(profile);
        }
    }

    record Samples(long offset, Sample sample) implements Entry {
        @Override
        public void addTo(StepContents contents) {
            contents.samples.add(sample);
        }

        @Override
        public Instant time() {
            return sample.eventTime();
        }
    }

    /** A record without effect, such as the tombstone of a vector. */
    record Nothing(long offset) implements Entry {
        @Override
        public void addTo(StepContents contents) {}
    }

    /** A record that cannot be read. */
    record Unreadable(long offset, DeadLetter letter) implements Entry {
        @Override
        public void addTo(StepContents contents) {
            contents.unreadable.add(letter);
        }
    }
}
