package coldstream.ingest.gateway;

import static coldstream.domain.Check.check;

import coldstream.service.Secret;
import coldstream.wire.EventRules;
import coldstream.wire.Topics;
import java.time.Duration;
import java.util.Optional;

/**
 * How the gateway behaves.
 *
 * @param port 0 for any free one
 * @param token that every request must carry
 * @param maxRequestBytes largest body, at least 1
 * @param maxInFlightBytes most bytes that wait for Kafka before requests are turned away, at least 1
 * @param maxInFlightEvents most events that wait for Kafka before requests are turned away, at least 1
 * @param ackTimeout how long a request waits for Kafka, more than zero
 */
public record GatewayConfig(
        String bindAddress,
        int port,
        Topics topics,
        EventRules rules,
        Optional<Secret> token,
        int maxRequestBytes,
        long maxInFlightBytes,
        int maxInFlightEvents,
        Duration ackTimeout) {

    public GatewayConfig {
        check(maxRequestBytes >= 1, "ingest.max-request-bytes must be at least 1, got %d", maxRequestBytes);
        check(maxInFlightBytes >= 1, "ingest.max-in-flight-bytes must be at least 1, got %d", maxInFlightBytes);
        check(maxInFlightEvents >= 1, "ingest.max-in-flight-events must be at least 1, got %d", maxInFlightEvents);
        check(ackTimeout.toMillis() > 0, "ingest.ack-timeout must be at least 1ms, got %s", ackTimeout);
    }
}
