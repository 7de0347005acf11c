package coldstream.app.evaluate.offline;

import coldstream.domain.Interaction;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Splits written out by hand: users u0, u1, ... and items i0, i1, ... */
final class SmallSplit {

    private SmallSplit() {}

    /** Items of each user in order; the users take turns. */
    static LeaveOneOut of(int items, int[]... taken) {
        List<ItemId> catalogue = IntStream.range(0, items)
                .mapToObj(item -> new ItemId("i" + item))
                .toList();
        List<Interaction> events = new ArrayList<>();
        int longest = 0;
        for (int[] own : taken) {
            longest = Math.max(longest, own.length);
        }
        for (int place = 0; place < longest; place++) {
            for (int user = 0; user < taken.length; user++) {
                if (place < taken[user].length) {
                    events.add(event(events.size(), "u" + user, "i" + taken[user][place]));
                }
            }
        }
        return LeaveOneOut.of(catalogue, events.stream());
    }

    private static Interaction event(int number, String user, String item) {
        return new Interaction(
                Integer.toString(number),
                "test",
                "click",
                new UserId(user),
                new ItemId(item),
                OptionalDouble.empty(),
                Optional.empty(),
                Instant.ofEpochSecond(number),
                Map.of());
    }
}
