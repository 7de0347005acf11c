package coldstream.trainer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when skipping begins and ends, and stops learning that would go on blindly. */
final class SkipLimit {

    private static final Logger LOG = LoggerFactory.getLogger(SkipLimit.class);

    private final int most;
    private int inARow;

    /** @param most steps skipped in a row at which learning stops */
    SkipLimit(int most) {
        this.most = most;
    }

    /**
     * Looks at what was skipped so far.
     *
     * @throws IllegalStateException if too much was skipped in a row
     */
    void look(Skips skips) {
        if (skips.inARow() >= most) {
            throw new IllegalStateException("learning must be skipped less than %d times in a row, the last was %s"
                    .formatted(most, skips.last().map(Skips.Skip::toString).orElse("unknown")));
        }
        if (skips.inARow() > 0 && inARow == 0) {
            LOG.atWarn().addKeyValue("skip", skips.last().orElseThrow()).log("step not learnt as it was");
        } else if (skips.inARow() == 0 && inARow > 0) {
            LOG.atInfo().addKeyValue("skipped_steps", inARow).log("learning again");
        }
        inARow = skips.inARow();
    }
}
