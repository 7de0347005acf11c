package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.monitor.Reference;
import coldstream.monitor.WatchSettings;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.trainer.watch.ChampionSource;
import coldstream.trainer.watch.DriftReport.Source;
import coldstream.trainer.watch.WatchConfig;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A trainer over a real broker, and the watch that it keeps. */
@Tag("integration")
class WatchedTrainerTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final WatchConfig WATCH = new WatchConfig(true, 100, Duration.ofMillis(100), WatchSettings.DEFAULT);

    /** Of a registry in which one file of one version matters. */
    private record Champion(Optional<byte[]> file) implements ChampionSource {

        @Override
        public Optional<String> champion() {
            return file.map(any -> "7");
        }

        @Override
        public Optional<byte[]> reference(String version) {
            return file;
        }
    }

    @Test
    void itsSnapshotsSayWhatTheyLearntFromAndTheChampionsIsComparedWith(@TempDir Path folder) throws Exception {
        var topics = new Topics(KAFKA.namespace());
        var rig = new TrainerRig(KAFKA.bootstrapServers(), topics.namespace());
        new TopicSetup(topics, "ctr", 3, 1).ensure(KAFKA.client(), Await.LIMIT);
        var registry = new FakePublisher(folder.resolve("registry"));
        try (var writer = new InputWriter(KAFKA.client(), topics)) {
            writer.catalogue();
            writer.samples(500);
            try (OnlineTrainer trainer = rig.watched(folder, registry, new Champion(Optional.empty()), WATCH)) {
                trainer.start();
                awaitAll(trainer, writer);
                assertThat(trainer.drift().reference().source()).isEqualTo(Source.OWN_PAST);
                Await.until("the signals are looked at", () -> get(trainer, "/v1/drift")
                        .contains("\"signal\":\"history_length\""));
                assertThat(get(trainer, "/v1/drift")).startsWith("{\"model\":\"ctr\",\"enabled\":true");
                Await.until("so are the metrics", () -> get(trainer, "/metrics")
                        .contains("coldstream_drift_value{detector=\"psi\",layer=\"input\",signal=\"history_length\""));
                assertThat(get(trainer, "/metrics"))
                        .contains(
                                "coldstream_drift_signals_alarmed{layer=\"outcome\"} 0.0",
                                "coldstream_drift_watch_seconds_total",
                                "coldstream_drift_watch_failures_total 0.0");
            }
            byte[] file = Files.readAllBytes(TrainerRig.newest(folder).resolve(Reference.FILE));
            assertThat(Reference.read(file).samples()).isGreaterThanOrEqualTo(400);

            writer.samples(300);
            try (OnlineTrainer trainer = rig.watched(folder, registry, new Champion(Optional.of(file)), WATCH)) {
                trainer.start();
                Await.until(
                        "the champion is known",
                        () -> trainer.drift().reference().source() == Source.CHAMPION);
                writer.samples(300);
                awaitAll(trainer, writer);
                assertThat(trainer.drift().reference().version()).contains("7");
                Await.until("the label is compared", () -> trainer.drift().signals().stream()
                        .anyMatch(row ->
                                row.signal().equals("label") && row.reference().isPresent()));
            }
        }
    }

    private static void awaitAll(OnlineTrainer trainer, InputWriter writer) {
        Await.until("all samples are trained", () -> {
            assertThat(trainer.failure()).isEmpty();
            return trainer.samplesTrained() >= writer.samples();
        });
    }

    private static String get(OnlineTrainer trainer, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + trainer.port() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
