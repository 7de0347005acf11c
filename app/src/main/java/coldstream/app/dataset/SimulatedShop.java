package coldstream.app.dataset;

import static coldstream.domain.Check.check;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A shop that does not exist, for trying Coldstream without a data set: the same size and seed give the same shop.
 *
 * <p>Every customer has a {@link ShopTaste taste} that their choices follow and that every item's text lets a reader see.
 * New customers and new items arrive all the time, so there is always somebody cold and something new. What is measured
 * here shows that the parts work together; it says nothing about real customers.
 */
public final class SimulatedShop implements DataSet {

    /** Events of {@link #standard()}. */
    public static final int STANDARD_EVENTS = 40_000;

    /** Seed of {@link #standard()}. */
    public static final long STANDARD_SEED = 2024;

    private static final Instant OPENING = Instant.parse("2024-01-01T08:00:00Z");

    private final int events;
    private final long seed;
    private final List<Drift> drifts;
    private final ShopChanges changes;
    private final int goods;
    private final ShopCatalogue catalogue;
    private final Summary summary;

    /**
     * A shop of its own.
     *
     * @param events purchases, 100 to 10 million
     * @param seed of everything random
     */
    public SimulatedShop(int events, long seed) {
        this(events, seed, List.of());
    }

    /**
     * A shop where something changes.
     *
     * @param drifts what changes, and when; up to the first event of the first the shop is that without any
     */
    public SimulatedShop(int events, long seed, List<Drift> drifts) {
        check(events >= 100 && events <= 10_000_000, "events must be 100 to 10000000, got %d", events);
        this.events = events;
        this.seed = seed;
        this.drifts = List.copyOf(drifts);
        changes = new ShopChanges(drifts, events, seed);
        goods = Math.max(200, events / 16);
        catalogue = new ShopCatalogue(goods + ShopCrowd.going(events, goods, changes), seed);
        summary = new Summary(events, users(), catalogue.size());
    }

    private long users() {
        ShopCrowd crowd = crowd();
        if (drifts.isEmpty()) {
            IntStream.range(0, events).forEach(event -> crowd.next());
            return crowd.customers();
        }
        try (Stream<Interaction> all = interactions()) {
            return all.map(Interaction::user).distinct().count();
        }
    }

    private ShopCrowd crowd() {
        return new ShopCrowd(catalogue, events, goods, changes, seed);
    }

    /** The shop the demo falls back to. */
    public static SimulatedShop standard() {
        return new SimulatedShop(STANDARD_EVENTS, STANDARD_SEED);
    }

    @Override
    public String name() {
        return "simulated-shop";
    }

    @Override
    public Summary summary() {
        return summary;
    }

    @Override
    public Stream<Item> items() {
        return IntStream.range(0, catalogue.size()).mapToObj(catalogue::item);
    }

    /** What was asked to change. Nothing in the stream tells of it. */
    public List<Drift> drifts() {
        return drifts;
    }

    /** In order of arrival: an event that is delayed comes later than its time says. */
    @Override
    public Stream<Interaction> interactions() {
        boolean delays = drifts.stream().anyMatch(drift -> drift.kind() == Drift.Kind.LABEL_DELAY);
        return delays ? LateArrivals.of(happening(), this::delay) : happening();
    }

    /** In the order they happen in. */
    Stream<Interaction> happening() {
        ShopCrowd crowd = crowd();
        return IntStream.rangeClosed(1, events).mapToObj(number -> interaction(number, crowd.next()));
    }

    private Duration delay(Interaction event) {
        return changes.delay(Integer.parseInt(event.eventId()));
    }

    /** What a customer likes, as the generator knows it. */
    ShopTaste taste(UserId user) {
        return ShopTaste.of(Integer.parseInt(user.value().substring(1)), seed);
    }

    private Interaction interaction(int number, ShopCrowd.Purchase purchase) {
        return new Interaction(
                Integer.toString(number),
                "dataset:simulated-shop",
                "rating",
                new UserId((changes.anonymous(number) ? "s%07d" : "u%05d")
                        .formatted(changes.anonymous(number) ? number : purchase.customer())),
                ShopCatalogue.id(purchase.item()),
                OptionalDouble.of(purchase.stars()),
                Optional.empty(),
                OPENING.plusSeconds(purchase.second()),
                Map.of());
    }
}
