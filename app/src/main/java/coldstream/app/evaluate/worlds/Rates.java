package coldstream.app.evaluate.worlds;

import coldstream.trainer.learning.gate.Gate;
import coldstream.trainer.learning.gate.Signals;

/** How often a world's language model tells a user's true liking of an item; else its score is noise. */
enum Rates {
    /** Where guidance is meant for. */
    GOOD_ON_COLD_AND_TAIL("good on cold and tail", 0.1, 0.5, 0.7, 0.9),
    /** The other way round. */
    GOOD_ON_WARM_AND_HEAD("good on warm and head", 0.9, 0.6, 0.3, 0.05),
    /** Nowhere. */
    USELESS("useless", 0, 0, 0, 0);

    private final String words;
    private final double warmHead;
    private final double warmTail;
    private final double coldHead;
    private final double coldTail;

    Rates(String words, double warmHead, double warmTail, double coldHead, double coldTail) {
        this.words = words;
        this.warmHead = warmHead;
        this.warmTail = warmTail;
        this.coldHead = coldHead;
        this.coldTail = coldTail;
    }

    double of(boolean cold, boolean tail) {
        return cold ? (tail ? coldTail : coldHead) : (tail ? warmTail : warmHead);
    }

    /** A gate that is told. */
    Gate truth() {
        return new Truth(this);
    }

    private record Truth(Rates rates) implements Gate {

        @Override
        public double alpha(Signals z) {
            return rates.of(z.cold(), z.kind() != Signals.Kind.HEAD);
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
