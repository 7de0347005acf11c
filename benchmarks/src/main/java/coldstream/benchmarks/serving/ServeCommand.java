package coldstream.benchmarks.serving;

import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.embedded.EmbeddedRedis;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisUserStateStore;
import coldstream.service.Settings;
import coldstream.serving.ServingService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a made-up world on a free port, which it prints, until its input ends. */
@Command(
        name = "serve",
        description = "Serving over a made-up world with its Redis; what serving starts for itself.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

    private static final int AT_ONCE = 500;

    @Option(names = "--backbone", defaultValue = "dcnv2", description = "+field behind it for the teacher's field")
    private String backbone = "";

    @Option(names = "--items", defaultValue = "12000", description = "items of the catalogue")
    private int items;

    @Option(names = "--users", defaultValue = "2000", description = "users with a history")
    private int users;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("served-world");
        ServedWorld world = new ServedWorld(backbone, items, users);
        world.write(data, "ctr");
        try (EmbeddedRedis redis = EmbeddedRedis.start(0)) {
            remember(world, redis);
            Map<String, String> settings = Map.of(
                    "data-directory", data.toString(),
                    "serving.port", "0",
                    "registry.url", "http://127.0.0.1:1",
                    "redis.url", redis.url().toString(),
                    "kafka.bootstrap-servers", "127.0.0.1:1");
            try (ServingService service = ServingService.create(
                    Settings.of(ServingService.settings(), settings),
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
                service.start();
                while (!service.ready()) {
                    Thread.sleep(20);
                }
                System.out.println("port " + service.port());
                while (System.in.read() >= 0) {
                    Thread.sleep(1);
                }
            }
        }
        return 0;
    }

    private static void remember(ServedWorld world, EmbeddedRedis redis) {
        try (RedisConnection connection = RedisConnection.to(redis.url())) {
            var store = new RedisUserStateStore(connection, RedisBounds.DEFAULTS);
            Map<UserId, UserState> some = new HashMap<>();
            world.histories().forEach((user, state) -> {
                some.put(user, state);
                if (some.size() == AT_ONCE) {
                    store.putAll(some);
                    some.clear();
                }
            });
            store.putAll(some);
        }
    }
}
