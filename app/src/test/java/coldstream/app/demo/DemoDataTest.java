package coldstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.MovieLens;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDataTest {

    @Test
    void withoutCacheAndNetworkItIsTheSimulatedShopAndSaysSo(@TempDir Path cache) {
        MovieLens unreachable = new MovieLens(URI.create("http://127.0.0.1:1/absent.zip"), 1, "0");

        DemoData data = DemoData.byDefault(Map.of("XDG_CACHE_HOME", cache.toString()), unreachable);

        assertThat(data.set().name()).isEqualTo("simulated-shop");
        assertThat(data.notice()).contains("SIMULATED");
    }
}
