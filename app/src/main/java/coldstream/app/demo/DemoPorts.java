package coldstream.app.demo;

import static coldstream.domain.Check.check;

import coldstream.service.SharedSettings;
import java.util.Map;

/** Where the demo's parts listen, on the loopback address. */
record DemoPorts(int kafka, int redis, int ingest, int serving, int registry, int trainer, int scorer) {

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
                8084 + offset);
    }

    /** The settings that tell every part where it and the others are. */
    Map<String, String> settings() {
        return Map.of(
                SharedSettings.KAFKA_BOOTSTRAP_SERVERS.key(), "127.0.0.1:" + kafka,
                SharedSettings.REDIS_URL.key(), "redis://127.0.0.1:" + redis,
                SharedSettings.REGISTRY_URL.key(), http(registry),
                SharedSettings.BIND_ADDRESS.key(), "127.0.0.1",
                SharedSettings.INGEST_PORT.key(), Integer.toString(ingest),
                SharedSettings.SERVING_PORT.key(), Integer.toString(serving),
                SharedSettings.REGISTRY_PORT.key(), Integer.toString(registry),
                SharedSettings.TRAINER_PORT.key(), Integer.toString(trainer),
                SharedSettings.SCORER_PORT.key(), Integer.toString(scorer));
    }

    static String http(int port) {
        return "http://127.0.0.1:" + port;
    }
}
