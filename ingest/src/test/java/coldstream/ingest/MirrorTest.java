package coldstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.StoreUnavailableException;
import coldstream.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MirrorTest {

    private final Map<String, Long> store = new ConcurrentHashMap<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicBoolean away = new AtomicBoolean();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Mirror<String, Long> mirror = new Mirror<>("test", 3, this::write, meters);

    @AfterEach
    void close() {
        mirror.close();
    }

    private void write(Map<String, Long> values) {
        if (away.get()) {
            throw new StoreUnavailableException("away");
        }
        writes.addAndGet(values.size());
        store.putAll(values);
    }

    @Test
    void onlyTheLatestValueOfAKeyIsWritten() {
        for (long value = 0; value < 100; value++) {
            mirror.put("key", value);
        }
        mirror.start();

        Await.until("the value is written", () -> store.containsKey("key"));
        assertThat(store).containsEntry("key", 99L);
        assertThat(writes).hasValue(1);
    }

    @Test
    void whileTheStoreIsAwayTheLatestValuesAreKeptUpToTheBound() {
        away.set(true);
        mirror.start();
        for (int key = 0; key < 10; key++) {
            mirror.put("key" + key, 1L);
        }
        mirror.put("key0", 2L);
        away.set(false);

        double dropped = meters.get("coldstream.mirror.dropped").counter().count();
        Await.until("the values are written", () -> store.size() + dropped == 10);
        Await.until("the latest is", () -> Objects.equals(store.get("key0"), 2L));
        assertThat(dropped).isPositive();
    }

    @Test
    void whatIsLeftIsWrittenWhenItCloses() {
        mirror.put("key", 1L);
        mirror.start();
        mirror.close();

        assertThat(store).containsEntry("key", 1L);
    }

    @Test
    void closingDoesNotWaitForAStoreThatIsAway() {
        away.set(true);
        mirror.put("key", 1L);
        mirror.start();
        mirror.close();

        assertThat(store).isEmpty();
    }
}
