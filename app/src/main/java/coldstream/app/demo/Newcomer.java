package coldstream.app.demo;

import coldstream.app.dataset.DataSet;
import coldstream.domain.Interaction;
import coldstream.domain.UserId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last user of a stream to appear with enough events to get to know them.
 *
 * @param before events of the stream before their first
 * @param upTo events of the stream up to and with the last of their first {@link #FIRST_EVENTS}
 */
record Newcomer(UserId user, long before, long upTo) {

    /** After so many events we ask again what they may like. */
    static final int FIRST_EVENTS = 3;

    /** @param limit events of the stream that count */
    static Optional<Newcomer> find(DataSet data, long limit) {
        record Seen(long before, long upTo, int events) {}
        Map<UserId, Seen> users = new HashMap<>();
        try (Stream<Interaction> rows = data.interactions()) {
            long position = 0;
            for (Iterator<Interaction> each = rows.iterator(); position < limit && each.hasNext(); position++) {
                long at = position;
                users.compute(each.next().user(), (user, seen) -> {
                    if (seen == null) {
                        return new Seen(at, at + 1, 1);
                    }
                    return seen.events() >= FIRST_EVENTS ? seen : new Seen(seen.before(), at + 1, seen.events() + 1);
                });
            }
        }
        return users.entrySet().stream()
                .filter(entry -> entry.getValue().events() >= FIRST_EVENTS)
                .max(Map.Entry.comparingByValue((a, b) -> Long.compare(a.before(), b.before())))
                .map(entry -> new Newcomer(
                        entry.getKey(),
                        entry.getValue().before(),
                        entry.getValue().upTo()));
    }
}
