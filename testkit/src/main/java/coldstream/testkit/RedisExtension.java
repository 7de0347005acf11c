package coldstream.testkit;

import coldstream.embedded.EmbeddedRedis;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** A real Redis for tests, one for all classes of a test run, empty before every test; register it in a static field. */
public final class RedisExtension implements BeforeAllCallback, BeforeEachCallback {

    private @Nullable EmbeddedRedis redis;

    @Override
    public void beforeAll(ExtensionContext context) {
        redis = context.getRoot()
                .getStore(Namespace.create(RedisExtension.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
                .redis;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server().clear();
    }

    public URI url() {
        return server().url();
    }

    private EmbeddedRedis server() {
        if (redis == null) {
            throw new IllegalStateException("register RedisExtension in a static field");
        }
        return redis;
    }

    private static final class Running implements AutoCloseable {

        private final EmbeddedRedis redis = EmbeddedRedis.start(0);

        @Override
        public void close() {
            redis.close();
        }
    }
}
