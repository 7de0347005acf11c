package coldstream.app.demo;

import coldstream.app.dataset.CacheFolder;
import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.DataSetException;
import coldstream.app.dataset.DataSets;
import coldstream.app.dataset.Drift;
import coldstream.app.dataset.MovieLens;
import coldstream.app.dataset.SimulatedShop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The data set a demo runs on.
 *
 * @param notice for people, empty when they asked for this one
 */
record DemoData(DataSet set, String notice) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The one asked for; a simulated shop may change on the way. */
    static DemoData in(Path data, List<Drift> drifts, Map<String, String> environment) {
        return new DemoData(
                DataSets.open(data, drifts, environment),
                DataSets.simulated(data) ? "this is a SIMULATED shop" + changing(drifts) : "");
    }

    private static String changing(List<Drift> drifts) {
        return drifts.isEmpty() ? "" : ", where these things change: " + drifts;
    }

    /** MovieLens from the cache, else from the network, else a simulated shop. */
    static DemoData byDefault(Map<String, String> environment, MovieLens movieLens) {
        Path cache = CacheFolder.of(environment);
        try {
            return new DemoData(
                    movieLens.fetch(cache, PATIENCE),
                    "MovieLens latest-small, kept in " + cache + " (research use only)");
        } catch (DataSetException e) {
            return new DemoData(
                    SimulatedShop.standard(),
                    "MovieLens is not to be had (" + e.getMessage()
                            + "): this is a SIMULATED shop, which shows that the"
                            + " parts work and says nothing about real customers; --data DIR takes a real data set");
        }
    }
}
