package coldstream.app.demo;

import static coldstream.domain.Check.check;

import coldstream.service.SharedSettings;
import java.util.HashMap;
import java.util.Map;

/** Where the demo's parts listen, on the loopback address. */
record DemoPorts(int kafka, int redis, int ingest, int serving, int registry, int trainer, int scorer, int console) {

    private static final int MOST = 65_535;
    private static final int HIGHEST = 9092;

    /** The well-known ports, all moved up by {@code offset}. */
    static DemoPorts offset(int offset) {
        check(offset >= 0 && HIGHEST + offset <= MOST, "--port-offset must be 0 to %d, got %d", MOST - HIGHEST, offset);
        return new DemoPorts(
                HIGHEST + offset,
                6379 + offset,
                8080 + offset,
                8081 + offset,
                5000 + offset,
                8083 + offset,
                8084 + offset,
                8082 + offset);
    }

    /** The settings that tell every part where it and the others are. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(SharedSettings.KAFKA_BOOTSTRAP_SERVERS.key(), "127.0.0.1:" + kafka);
        settings.put(SharedSettings.REDIS_URL.key(), "redis://127.0.0.1:" + redis);
        settings.put(SharedSettings.REGISTRY_URL.key(), http(registry));
        settings.put(SharedSettings.BIND_ADDRESS.key(), "127.0.0.1");
        settings.put(SharedSettings.INGEST_PORT.key(), Integer.toString(ingest));
        settings.put(SharedSettings.SERVING_PORT.key(), Integer.toString(serving));
        settings.put(SharedSettings.REGISTRY_PORT.key(), Integer.toString(registry));
        settings.put(SharedSettings.TRAINER_PORT.key(), Integer.toString(trainer));
        settings.put(SharedSettings.SCORER_PORT.key(), Integer.toString(scorer));
        settings.put(SharedSettings.CONSOLE_PORT.key(), Integer.toString(console));
        settings.put("console.trainer-url", http(trainer));
        settings.put("console.serving-urls", http(serving));
        settings.put("console.ingest-urls", http(ingest));
        settings.put("console.scorer-urls", http(scorer));
        return settings;
    }

    static String http(int port) {
        return "http://127.0.0.1:" + port;
    }
}
