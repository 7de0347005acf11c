package coldstream.serving;

import java.time.Instant;

/** Told whenever what answers has learnt more, or less: another version, or another epoch of it. */
@FunctionalInterface
public interface EpochListener {

    /** @param at since when it answers */
    void answers(String version, Reached reached, Instant at);
}
