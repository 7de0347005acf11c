package coldstream.console.observe;

import coldstream.console.observe.Health.Part;
import coldstream.console.observe.Health.State;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of every part, and how old that is. Not thread-safe. */
final class Parts {

    static final String REGISTRY = "registry";
    static final String KAFKA = "kafka";
    static final String REDIS = "redis";

    /** In the order of the line; the first three make the whole. */
    private static final List<String> ORDER =
            List.of(Places.LEARNING, Places.SERVING, Places.SCORING, Places.INGEST, REGISTRY, KAFKA, REDIS);

    private static final int WHOLE = 3;

    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Duration patience;

    /** @param patience for which a part that does not answer may only be pausing */
    Parts(Duration patience) {
        this.patience = patience;
        ORDER.forEach(name -> known.put(name, new Known(State.UNKNOWN, null, null, null, "not asked yet")));
    }

    /** What was heard of a part, and when it was heard last; {@code since} when the state began. */
    private record Known(
            State state,
            @Nullable Double freshness,
            @Nullable Instant heard,
            @Nullable Instant since,
            String message) {}

    /** A part answered. */
    void heard(String name, State state, @Nullable Double freshness, String message, Instant now) {
        Known before = of(name);
        known.put(name, new Known(state, freshness, now, since(before, state, now), message));
    }

    /** A part did not answer: down, unless it did a moment ago. */
    void silent(String name, String why, Instant now) {
        Known before = of(name);
        Instant heard = before.heard();
        if (heard != null
                && before.state() != State.DOWN
                && !heard.plus(patience).isBefore(now)) {
            return;
        }
        known.put(name, new Known(State.DOWN, null, before.heard(), since(before, State.DOWN, now), why));
    }

    private static Instant since(Known before, State state, Instant now) {
        Instant began = before.since();
        return began != null && before.state() == state ? began : now;
    }

    private Known of(String name) {
        Known one = known.get(name);
        if (one == null) {
            throw new IllegalArgumentException("a part must be one of " + ORDER + ", got " + name);
        }
        return one;
    }

    List<Part> parts(Instant now) {
        return ORDER.stream().map(name -> part(name, of(name), now)).toList();
    }

    private Part part(String name, Known one, Instant now) {
        Instant heard = one.heard();
        @Nullable
        Double age =
                heard == null ? null : Math.max(0, Duration.between(heard, now).toMillis() / 1_000.0);
        boolean old =
                one.state() == State.OK && heard != null && heard.plus(patience).isBefore(now);
        return new Part(
                name,
                (old ? State.LATE : one.state()).written(),
                one.freshness(),
                age,
                one.since(),
                old ? "nothing was heard of it of late" : one.message());
    }

    /** The worst of the first three. */
    String whole(Instant now) {
        Map<State, Boolean> there = new EnumMap<>(State.class);
        List<Part> parts = parts(now);
        for (State state : State.values()) {
            for (Part part : parts.subList(0, WHOLE)) {
                if (part.state().equals(state.written())) {
                    there.put(state, true);
                }
            }
        }
        State worst = State.OK;
        for (State state : there.keySet()) {
            worst = state;
        }
        return worst.written();
    }
}
