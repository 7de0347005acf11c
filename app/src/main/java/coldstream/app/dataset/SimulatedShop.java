package coldstream.app.dataset;

import static coldstream.domain.Check.check;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.UserId;
import java.time.Instant;
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

    private static final Instant OPENING = Instant.parse("2024-01-01T08:00:00Z");

    private final int events;
    private final long seed;
    private final ShopCatalogue catalogue;
    private final Summary summary;

    /**
     * A shop of its own.
     *
     * @param events purchases, 100 to 10 million
     * @param seed of everything random
     */
    public SimulatedShop(int events, long seed) {
        check(events >= 100 && events <= 10_000_000, "events must be 100 to 10000000, got %d", events);
        this.events = events;
        this.seed = seed;
        catalogue = new ShopCatalogue(Math.max(200, events / 16), seed);
        var crowd = new ShopCrowd(catalogue, events, seed);
        IntStream.range(0, events).forEach(event -> crowd.next());
        summary = new Summary(events, crowd.customers(), catalogue.size());
    }

    /** The shop the demo falls back to. */
    public static SimulatedShop standard() {
        return new SimulatedShop(STANDARD_EVENTS, 2024);
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

    @Override
    public Stream<Interaction> interactions() {
        var crowd = new ShopCrowd(catalogue, events, seed);
        return IntStream.rangeClosed(1, events).mapToObj(number -> interaction(number, crowd.next()));
    }

    /** What a customer likes, as the generator knows it. */
    ShopTaste taste(UserId user) {
        return ShopTaste.of(Integer.parseInt(user.value().substring(1)), seed);
    }

    private static Interaction interaction(int number, ShopCrowd.Purchase purchase) {
        return new Interaction(
                Integer.toString(number),
                "dataset:simulated-shop",
                "rating",
                new UserId("u%05d".formatted(purchase.customer())),
                ShopCatalogue.id(purchase.item()),
                OptionalDouble.of(purchase.stars()),
                Optional.empty(),
                OPENING.plusSeconds(purchase.second()),
                Map.of());
    }
}
