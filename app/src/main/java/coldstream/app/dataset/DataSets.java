package coldstream.app.dataset;

import static coldstream.domain.Check.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The data set that {@code --data} names: a folder, or {@code ml-latest-small} from the cache or the network, or a shop that
 * does not exist: {@code simulated-shop}, {@code simulated-shop:EVENTS} or {@code simulated-shop:EVENTS:SEED}.
 */
public final class DataSets {

    /** Names the simulated shop of standard size. */
    public static final Path SHOP = Path.of("simulated-shop");

    private static final String MOVIES = "ml-latest-small";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private DataSets() {}

    /**
     * Opens it.
     *
     * @param drifts for a simulated shop
     * @param environment says where the cache is
     * @throws IllegalArgumentException if drifts are asked of data that already happened
     * @throws DataSetException if it cannot be read
     */
    public static DataSet open(Path data, List<Drift> drifts, Map<String, String> environment) {
        if (simulated(data)) {
            return shop(data.toString(), drifts);
        }
        check(drifts.isEmpty(), "a drift can only be had in the %s, got --drift with --data %s", SHOP, data);
        return data.toString().equals(MOVIES) && !Files.isDirectory(data)
                ? MovieLens.LATEST_SMALL.fetch(CacheFolder.of(environment), PATIENCE)
                : FolderDataSet.open(data);
    }

    /** Whether this names a shop that does not exist. */
    public static boolean simulated(Path data) {
        String name = data.toString();
        return (data.equals(SHOP) || name.startsWith(SHOP + ":")) && !Files.isDirectory(data);
    }

    /** For people: a folder by its own name, a shop by size and seed. */
    public static String label(Path data) {
        Path name = data.toAbsolutePath().normalize().getFileName();
        return name == null ? data.toString() : name.toString();
    }

    private static SimulatedShop shop(String name, List<Drift> drifts) {
        String[] parts = name.split(":", -1);
        check(parts.length <= 3, "a simulated shop must be %s:EVENTS:SEED, got %s", SHOP, name);
        return new SimulatedShop(
                parts.length < 2 ? SimulatedShop.STANDARD_EVENTS : (int) number(parts[1], 10_000_000, name),
                parts.length < 3 ? SimulatedShop.STANDARD_SEED : number(parts[2], Long.MAX_VALUE, name),
                drifts);
    }

    private static long number(String part, long most, String name) {
        try {
            long number = Long.parseLong(part);
            check(number <= most, "a simulated shop must have at most %d events, got %s", most, name);
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a simulated shop must be %s:EVENTS:SEED with whole numbers, got %s".formatted(SHOP, name), e);
        }
    }
}
