package coldstream.app.dataset;

import coldstream.app.dataset.Drift.Kind;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * What a shop's drifts do to an event. Depends on the event's number and nothing before it, so a shop without drifts draws the
 * same random numbers as one whose drifts are still to come.
 */
final class ShopChanges {

    private static final Duration DELAY = Duration.ofDays(2);
    private static final double RECURRING_PERIOD = 0.1;
    private static final double GONE = 0.8;
    private static final int ONE_IN_WANTED = 50;
    private static final double WANTED = 5;
    private static final int PRODUCERS = 3;

    private final List<Drift> drifts;
    private final int events;
    private final long seed;

    ShopChanges(List<Drift> drifts, int events, long seed) {
        this.drifts = List.copyOf(drifts);
        this.events = events;
        this.seed = seed;
    }

    private Stream<Drift> of(Kind kind) {
        return drifts.stream().filter(drift -> drift.kind() == kind);
    }

    private boolean on(Kind kind, int event) {
        return of(kind).anyMatch(drift -> drift.on(event, events));
    }

    /** What a customer likes at an event. */
    ShopTaste taste(int customer, int event) {
        long of = seed;
        for (int place = 0; place < drifts.size(); place++) {
            if (changed(drifts.get(place), customer, event)) {
                of = new SplittableRandom(of + place + 1).nextLong();
            }
        }
        return ShopTaste.of(customer, of);
    }

    /** 1, or -1 for a customer who likes what most disliked before. */
    int fashion(int customer, int event) {
        long turns =
                drifts.stream().filter(drift -> changed(drift, customer, event)).count();
        return turns % 2 == 0 ? 1 : -1;
    }

    private boolean changed(Drift drift, int customer, int event) {
        int first = drift.firstEvent(events);
        int last = drift.lastEvent(events);
        return switch (drift.kind()) {
            case SUDDEN -> event >= first;
            case GRADUAL -> event >= first + turn(customer) * (last - first);
            case RECURRING -> drift.on(event, events) && (int) ((event - first) / (RECURRING_PERIOD * events)) % 2 == 0;
            default -> false;
        };
    }

    /** When it is a customer's turn to change, as a share of the change: the same for a customer whenever asked. */
    private double turn(int customer) {
        return new SplittableRandom(seed * 0x9E37_79B9L + customer).nextDouble();
    }

    /** What everybody likes a good more than usual, nats. */
    double wanted(int good, int event) {
        boolean chosen = Math.floorMod(((good + seed) * 0x9E37_79B9L) >>> 7, ONE_IN_WANTED) == 0;
        return chosen && on(Kind.POPULARITY_SHOCK, event) ? WANTED : 0;
    }

    /**
     * Goods that are gone at an event, those that came first; as many came instead.
     *
     * @param planned how many of the goods are on sale at an event where nothing changes
     */
    int gone(int event, IntUnaryOperator planned) {
        return of(Kind.CATALOGUE_RENEWAL)
                .mapToInt(drift -> drift.firstEvent(events))
                .filter(first -> event >= first)
                .map(first -> (int) (GONE * planned.applyAsInt(first)))
                .max()
                .orElse(0);
    }

    /** How late an event arrives. */
    Duration delay(int event) {
        return on(Kind.LABEL_DELAY, event) && event % 2 == 0 ? DELAY : Duration.ZERO;
    }

    /** Whether an event names its session and not its user. */
    boolean anonymous(int event) {
        return event % PRODUCERS == 0 && on(Kind.BROKEN_FIELD, event);
    }
}
