package coldstream.scorestore;

import static coldstream.domain.Check.check;

import coldstream.domain.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A pool of connections to one Redis, or to one Redis Cluster, that fails soon.
 *
 * <p>Nothing is contacted before the first call. After a call could not reach Redis, calls within the next
 * {@link #PAUSE} fail at once, so that a Redis that hangs costs its callers one time-out, not one per call.
 */
public final class RedisConnection implements AutoCloseable {

    /** Longest wait for a connection, and for an answer, unless told otherwise. */
    public static final Duration TIMEOUT = Duration.ofMillis(500);

    /** How long calls fail at once after Redis could not be reached. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private static final String CLUSTER = "redis-cluster";
    private static final int CONNECTIONS = 8;

    private final URI url;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private @Nullable UnifiedJedis client;
    private boolean closed;
    private volatile long retryAt;
    private volatile boolean away;

    RedisConnection(URI url, Duration timeout, LongSupplier nanoTime) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        check(
                Set.of("redis", "rediss", CLUSTER).contains(scheme) && url.getAuthority() != null,
                "redis url must be redis://host:port, rediss://host:port or redis-cluster://host:port,host:port, got %s",
                withoutPassword(url));
        check(
                scheme.equals(CLUSTER) || JedisURIHelper.isValid(url),
                "redis url must name a host and a port, got %s",
                withoutPassword(url));
        check(timeout.toMillis() > 0, "redis time-out must be at least 1 ms, got %s", timeout);
        this.url = url;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    /**
     * A connection to {@code url}: {@code redis://[user:password@]host:port[/database]}, {@code rediss://…} with TLS, or
     * {@code redis-cluster://[user:password@]host:port,host:port}.
     */
    public static RedisConnection to(URI url) {
        return to(url, TIMEOUT);
    }

    /** As {@link #to(URI)}, with another longest wait for a connection, and for an answer. */
    public static RedisConnection to(URI url, Duration timeout) {
        return new RedisConnection(url, timeout, System::nanoTime);
    }

    /** Whether Redis answers now. */
    public boolean answers() {
        try {
            call(redis -> redis.exists(RedisKeys.POPULAR));
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    <T extends @Nullable Object> T call(Function<UnifiedJedis, T> call) {
        if (away && nanoTime.getAsLong() - retryAt < 0) {
            throw new StoreUnavailableException("redis could not be reached less than " + PAUSE + " ago");
        }
        try {
            T answer = call.apply(client());
            away = false;
            return answer;
        } catch (JedisConnectionException e) {
            retryAt = nanoTime.getAsLong() + PAUSE.toNanos();
            away = true;
            throw new StoreUnavailableException("redis cannot be reached at " + withoutPassword(url), e);
        } catch (JedisException e) {
            throw new StoreUnavailableException("redis refused: " + e.getMessage(), e);
        }
    }

    /** Sends what {@code calls} queues in one round trip per node, and fails if any of it failed. */
    void pipeline(Function<AbstractPipeline, List<? extends Response<?>>> calls) {
        call(redis -> {
            try (AbstractPipeline pipeline = redis.pipelined()) {
                List<Response<?>> responses = new ArrayList<>(calls.apply(pipeline));
                pipeline.sync();
                responses.forEach(Response::get);
            }
            return null;
        });
    }

    private synchronized UnifiedJedis client() {
        if (closed) {
            throw new StoreUnavailableException("the connection to redis is closed");
        }
        if (client == null) {
            client = CLUSTER.equals(url.getScheme()) ? cluster() : single();
        }
        return client;
    }

    private UnifiedJedis single() {
        DefaultJedisClientConfig.Builder config = config().database(JedisURIHelper.getDBIndex(url));
        if (JedisURIHelper.isRedisSSLScheme(url)) {
            config.sslOptions(SslOptions.defaults());
        }
        return RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(url))
                .clientConfig(config.build())
                .poolConfig(pool())
                .build();
    }

    private UnifiedJedis cluster() {
        String authority = url.getAuthority();
        String nodes = authority.substring(authority.lastIndexOf('@') + 1);
        Set<HostAndPort> hosts = new LinkedHashSet<>();
        for (String node : nodes.split(",", -1)) {
            hosts.add(HostAndPort.from(node));
        }
        return RedisClusterClient.builder()
                .nodes(hosts)
                .clientConfig(config().build())
                .maxAttempts(2)
                .maxTotalRetriesDuration(timeout)
                .poolConfig(pool())
                .build();
    }

    private DefaultJedisClientConfig.Builder config() {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) timeout.toMillis())
                .socketTimeoutMillis((int) timeout.toMillis());
        String authority = url.getAuthority();
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String[] parts = authority.substring(0, at).split(":", 2);
            if (!parts[0].isEmpty()) {
                config.user(parts[0]);
            }
            if (parts.length == 2) {
                config.password(parts[1]);
            }
        }
        return config;
    }

    private ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(timeout);
        pool.setJmxEnabled(false);
        return pool;
    }

    /** The url as it may be shown. */
    static String withoutPassword(URI url) {
        return url.toString().replaceFirst("//[^@/]*@", "//");
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
