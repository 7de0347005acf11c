package coldstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.LabelRules;
import coldstream.domain.LabelRules.Kind;
import coldstream.domain.LabelRules.Rule;
import coldstream.domain.Staleness;
import coldstream.ingest.topology.TopologyConfig;
import coldstream.ingest.topology.TopologyConfig.UnknownItems;
import coldstream.service.Secret;
import coldstream.service.Settings;
import coldstream.wire.EventRules;
import coldstream.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestConfigTest {

    @Test
    void defaults() {
        IngestConfig config = config(Map.of());

        assertThat(config.topology())
                .isEqualTo(TopologyConfig.defaults(new Topics("coldstream")).withInteractionPartitions(4));
        assertThat(config.gateway().bindAddress()).isEqualTo("127.0.0.1");
        assertThat(config.gateway().port()).isEqualTo(8080);
        assertThat(config.gateway().rules()).isEqualTo(EventRules.DEFAULT);
        assertThat(config.gateway().token()).isEmpty();
        assertThat(config.gateway().maxRequestBytes()).isEqualTo(8 << 20);
        assertThat(config.gateway().maxInFlightBytes()).isEqualTo(16 << 20);
        assertThat(config.gateway().maxInFlightEvents()).isEqualTo(20_000);
        assertThat(config.gateway().ackTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.folder()).isEqualTo(Path.of("data", "ingest").toAbsolutePath());
        assertThat(config.threads()).isEqualTo(1);
    }

    @Test
    void everySettingCanBeOverridden() {
        IngestConfig config = config(Map.ofEntries(
                Map.entry("namespace", "other"),
                Map.entry("topics.partitions", "7"),
                Map.entry("data-directory", "/tmp/elsewhere"),
                Map.entry("ingest.port", "1"),
                Map.entry("ingest.labels", "explicit"),
                Map.entry("ingest.event-types", "share=positive:2.5, dwell=rating:30, view=impression"),
                Map.entry("ingest.earliest", "2001-02-03"),
                Map.entry("ingest.max-ahead", "2m"),
                Map.entry("ingest.click-window", "3m"),
                Map.entry("ingest.lateness", "4m"),
                Map.entry("ingest.dedupe-window", "5m"),
                Map.entry("ingest.unknown-items", "accept"),
                Map.entry("ingest.unknown-item-grace", "6s"),
                Map.entry("ingest.cold-history", "9"),
                Map.entry("ingest.tail-share", "0.3"),
                Map.entry("ingest.request-share", "0.15"),
                Map.entry("ingest.audit-rate", "0.5"),
                Map.entry("ingest.stale-after", "7"),
                Map.entry("ingest.stale-time", "2d"),
                Map.entry("ingest.stale-until", "21"),
                Map.entry("ingest.debounce", "8s"),
                Map.entry("ingest.threads", "3"),
                Map.entry("ingest.token", "s3cret"),
                Map.entry("ingest.max-request-bytes", "10"),
                Map.entry("ingest.max-in-flight-bytes", "11"),
                Map.entry("ingest.max-in-flight-events", "12"),
                Map.entry("ingest.ack-timeout", "13ms")));

        LabelRules labels = config.topology().rules().labels();
        assertThat(labels.find("share")).contains(new Rule(Kind.POSITIVE, 2.5, 0));
        assertThat(labels.find("dwell")).contains(new Rule(Kind.RATING, 0, 30));
        assertThat(labels.find("view")).contains(new Rule(Kind.IMPRESSION, 0, 0));
        assertThat(labels.find("rating")).isEqualTo(LabelRules.EXPLICIT.find("rating"));
        EventRules rules = new EventRules(labels, Instant.parse("2001-02-03T00:00:00Z"), Duration.ofMinutes(2));
        assertThat(config.topology())
                .isEqualTo(new TopologyConfig(
                        new Topics("other"),
                        rules,
                        7,
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(4),
                        Duration.ofMinutes(5),
                        UnknownItems.ACCEPT,
                        Duration.ofSeconds(6),
                        9,
                        0.3,
                        0.15,
                        0.5,
                        new Staleness(7, Duration.ofDays(2), 21),
                        Duration.ofSeconds(8)));
        assertThat(config.gateway().port()).isEqualTo(1);
        assertThat(config.gateway().rules()).isEqualTo(rules);
        assertThat(config.gateway().token()).isEqualTo(Optional.of(new Secret("s3cret")));
        assertThat(config.gateway().maxRequestBytes()).isEqualTo(10);
        assertThat(config.gateway().maxInFlightBytes()).isEqualTo(11);
        assertThat(config.gateway().maxInFlightEvents()).isEqualTo(12);
        assertThat(config.gateway().ackTimeout()).isEqualTo(Duration.ofMillis(13));
        assertThat(config.folder()).isEqualTo(Path.of("/tmp/elsewhere/ingest"));
        assertThat(config.threads()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ingest.click-window; 0s; ingest.click-window must be at least 1ms, got PT0S",
                "ingest.tail-share; 1; ingest.tail-share must be in (0, 1), got 1.0",
                "ingest.threads; 0; ingest.threads must be at least 1, got 0",
                "ingest.earliest; yesterday; ingest.earliest must be a day such as 1990-01-01, got yesterday",
                "ingest.event-types; click; ingest.event-types must hold type=impression, type=positive:strength or type=rating:threshold, got click"
            })
    void namesTheSettingThatIsOutOfRange(String key, String value, String message) {
        assertThatThrownBy(() -> config(Map.of(key, value))).hasMessage(message);
    }

    @Test
    void kafkaStreamsCannotBeTalkedOutOfExactlyOnce() {
        Properties streams = StreamsSettings.of(
                config(Map.of("kafka.processing.guarantee", "at_least_once", "kafka.commit.interval.ms", "500")));

        assertThat(streams)
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("commit.interval.ms", "500")
                .containsEntry("application.id", "coldstream-ingest");
    }

    private static IngestConfig config(Map<String, String> values) {
        return IngestConfig.from(Settings.of(IngestService.settings(), values));
    }
}
