package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Action;
import coldstream.domain.DriftAlert.Action.Outcome;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.monitor.alarm.AlertLog;
import coldstream.monitor.alarm.KafkaAlertLog;
import coldstream.registry.RegistryService;
import coldstream.service.Settings;
import coldstream.testkit.Await;
import coldstream.trainer.OnlineTrainer;
import coldstream.wire.PromotionClient;
import coldstream.wire.RegistryClient;
import coldstream.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A producer breaks a field, and mends it: the trainer opens an alarm, freezes promotion in the registry, learns faster, lets
 * the gate begin anew and asks the language model anew; then everything ends. Broker, registry and trainer are the real ones.
 */
@Tag("integration")
class DriftTest {

    private static final Duration LIMIT = Await.LIMIT;
    private static final String MODEL = "ctr";
    private static final String KEY = "ctr/input/label/all";

    private final Path folder;

    DriftTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aDriftIsToldActedOnAndEndsWithAllThatWasDone() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE);
                RegistryService service = RegistryService.create(registrySettings(kafka), new SimpleMeterRegistry())) {
            service.start();
            URI url = URI.create("http://127.0.0.1:" + service.port());
            var registry = new RegistryClient(url, Optional.empty());
            var promotion = new PromotionClient(url, Optional.empty(), 3, Duration.ofMillis(50), "ada");
            try (OnlineTrainer trainer = trainer(kafka, url);
                    SampleStream samples = new SampleStream(kafka.bootstrapServers());
                    AlertLog log = new KafkaAlertLog(
                            Map.of("bootstrap.servers", kafka.bootstrapServers()), new Topics("coldstream"), "test")) {
                trainer.start();
                samples.catalogue();
                Await.until("a champion, whose signals are known", LIMIT, () -> {
                    more(samples, trainer, 200, false);
                    return registry.alias(MODEL, "champion").isPresent() && trainer.samplesTrained() > 3_000;
                });

                DriftAlert opened = alert(
                        log,
                        "is open and acted on",
                        () -> more(samples, trainer, 100, true),
                        alert -> alert.open()
                                && outcome(alert, "freeze-promotion") == Outcome.STARTED
                                && outcome(alert, "raise-rates") != Outcome.PENDING
                                && outcome(alert, "reset-gate") == Outcome.ENDED
                                && outcome(alert, "fresh-scores") == Outcome.ENDED);

                assertThat(opened.key()).isEqualTo(KEY);
                assertThat(opened.statistic()).isGreaterThan(opened.threshold());
                assertThat(opened.offsets().keySet()).anyMatch(name -> name.startsWith("coldstream.samples.v1-"));
                var freeze = promotion.promotion(MODEL).freeze().orElseThrow();
                assertThat(freeze.reason()).startsWith("drift alert " + opened.alertId());
                assertThat(freeze.until()).isPresent();
                assertThat(trainer.drift().alarms())
                        .extracting(DriftAlert::alertId)
                        .contains(opened.alertId());

                DriftAlert closed = alert(
                        log,
                        "is closed and nothing is in effect",
                        () -> more(samples, trainer, 100, false),
                        alert -> !alert.open()
                                && alert.actions().stream().allMatch(action -> action.outcome() == Outcome.ENDED));

                assertThat(closed.alertId()).isEqualTo(opened.alertId());
                assertThat(promotion.promotion(MODEL).freeze()).isEmpty();
                assertThat(trainer.status().ratesRaised()).isEmpty();
                assertThat(registry.events(MODEL))
                        .extracting(event -> event.kind())
                        .contains(Kind.FROZEN, Kind.THAWED);
                assertThat(closed.actions())
                        .extracting(Action::name)
                        .containsExactlyInAnyOrder("freeze-promotion", "raise-rates", "reset-gate", "fresh-scores");
                assertThat(detail(closed, "fresh-scores")).startsWith("asked about 25 users of all");
                assertThat(trainer.failure()).isEmpty();
            }
        }
    }

    /** The newest alert of the label, once it is as wanted; more events come in until then. */
    private static DriftAlert alert(AlertLog log, String what, Runnable more, Predicate<DriftAlert> wanted) {
        return Await.value("an alarm of the label " + what, LIMIT, () -> {
            more.run();
            return log.read().stream()
                    .filter(alert -> alert.key().equals(KEY))
                    .reduce((older, newer) -> newer)
                    .filter(wanted);
        });
    }

    private static void more(SampleStream samples, OnlineTrainer trainer, int count, boolean broken) {
        if (samples.isFarAhead(trainer.samplesTrained())) {
            return;
        }
        if (broken) {
            samples.withoutLabels(count);
        } else {
            samples.samples(count);
        }
    }

    private static Outcome outcome(DriftAlert alert, String action) {
        return alert.actions().stream()
                .filter(each -> each.name().equals(action))
                .map(Action::outcome)
                .findFirst()
                .orElse(Outcome.PENDING);
    }

    private static String detail(DriftAlert alert, String action) {
        return alert.actions().stream()
                .filter(each -> each.name().equals(action))
                .map(Action::detail)
                .findFirst()
                .orElse("");
    }

    private Settings registrySettings(EmbeddedKafka kafka) {
        return Settings.of(RegistryService.settings(), settings(kafka, Map.of("registry.port", "0")));
    }

    private OnlineTrainer trainer(EmbeddedKafka kafka, URI registry) {
        var more = new HashMap<>(Map.of(
                "registry.url", registry.toString(),
                "trainer.port", "0",
                "trainer.device", "cpu",
                "trainer.batch-size", "64",
                "trainer.linger", "20ms",
                "trainer.snapshot-samples", "1500",
                "trainer.snapshot-interval", "1h",
                "trainer.judge-share", "0"));
        more.putAll(Map.of(
                "trainer.watch.window", "300",
                "trainer.watch.false-alarms-per-day", "1000",
                "trainer.watch.cool-down", "1h",
                "trainer.watch.poll", "100ms",
                "drift.rules",
                        String.join(",", List.of("input/label=freeze-promotion+raise-rates+reset-gate+fresh-scores")),
                "drift.raise-samples", "400",
                "drift.fresh-scores", "25"));
        return OnlineTrainer.create(
                Settings.of(OnlineTrainer.settings(), settings(kafka, more)), new SimpleMeterRegistry());
    }

    private Map<String, String> settings(EmbeddedKafka kafka, Map<String, String> more) {
        var all = new HashMap<>(Map.of(
                "data-directory", folder.resolve("data").toString(),
                "kafka.bootstrap-servers", kafka.bootstrapServers()));
        all.putAll(more);
        return all;
    }
}
