package coldstream.ingest.topology;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;

/**
 * Follows the topology from outside. Called from its threads: must return at once and never fail. After a crash a step may
 * be repeated, so states are absolute and counts approximate; the exact counts are in {@link Account}.
 */
public interface Watcher {

    /** Follows nothing. */
    Watcher NOBODY = new Watcher() {};

    /** An interaction was decided: {@code accepted}, {@code rejected}, {@code duplicate} or {@code rekeyed}. */
    default void decided(String result) {}

    /** A record went to the dead letters. */
    default void died(String reason) {}

    /** The state of a user, after a positive. */
    default void user(UserId user, UserState state) {}

    /** How often an item was taken, after a positive. */
    default void taken(ItemId item, long count) {}
}
