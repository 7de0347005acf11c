package coldstream.testkit;

import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real broker for tests, one for all classes of a test run; register it in a static field.
 *
 * <p>Tests keep apart by {@link #namespace()}. A test that stops its broker starts its own {@link EmbeddedKafka} instead.
 */
public final class KafkaExtension implements BeforeAllCallback {

    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private @Nullable EmbeddedKafka kafka;

    @Override
    public void beforeAll(ExtensionContext context) {
        kafka = context.getRoot()
                .getStore(Namespace.create(KafkaExtension.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
                .kafka;
    }

    public String bootstrapServers() {
        return broker().bootstrapServers();
    }

    /** What a Kafka client starts from. */
    public Map<String, Object> client() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    public EmbeddedKafka broker() {
        if (kafka == null) {
            throw new IllegalStateException("register KafkaExtension in a static field");
        }
        return kafka;
    }

    /** A new first part of topic names that nobody else in this run uses. */
    public String namespace() {
        return "test-" + NAMESPACES.incrementAndGet();
    }

    private static final class Running implements AutoCloseable {

        private final EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE);

        @Override
        public void close() {
            kafka.close();
        }
    }
}
