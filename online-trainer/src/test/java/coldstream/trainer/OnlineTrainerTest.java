package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.ItemId;
import coldstream.domain.SnapshotManifest;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.wire.SnapshotFolder;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole trainer over a real broker, with a learner that remembers what it was told. */
@Tag("integration")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class OnlineTrainerTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path folder;

    private final Topics topics = new Topics(KAFKA.namespace());
    private TrainerRig rig;
    private InputWriter writer;
    private FakePublisher registry;

    @BeforeEach
    void begin() {
        rig = new TrainerRig(KAFKA.bootstrapServers(), topics.namespace());
        registry = new FakePublisher(folder.resolve("registry"));
        new TopicSetup(topics, "ctr", 3, 1).ensure(KAFKA.client(), Await.LIMIT);
        writer = new InputWriter(KAFKA.client(), topics);
    }

    @AfterEach
    void end() {
        writer.close();
    }

    private OnlineTrainer trainer(String name) {
        return rig.trainer(folder.resolve(name), registry, FakeLearning::from);
    }

    private void awaitAll(OnlineTrainer trainer) {
        Await.until("all samples are trained", () -> {
            assertThat(trainer.failure()).isEmpty();
            return trainer.samplesTrained() >= writer.samples();
        });
    }

    private List<String> told(String name) {
        return FakeLearning.read(TrainerRig.newest(folder.resolve(name)));
    }

    @Test
    void aTrainerStoppedAbruptlyAgainAndAgainEqualsOneThatNeverStopped() {
        writer.catalogue();
        writer.samples(300);
        for (int life = 1; life <= 4; life++) {
            int until = writer.samples() - 100;
            OnlineTrainer trainer = trainer("killed");
            trainer.start();
            writer.samples(500);
            Await.until("life " + life + " is in mid-stream", () -> trainer.samplesTrained() >= until);
            trainer.halt();
        }
        try (OnlineTrainer last = trainer("killed")) {
            last.start();
            awaitAll(last);
            assertThat(last.samplesTrained()).isEqualTo(writer.samples());
        }

        try (OnlineTrainer unbroken = trainer("unbroken")) {
            registry.away(true); // so that it begins at the beginning
            unbroken.start();
            awaitAll(unbroken);
        }
        assertThat(told("killed"))
                .isEqualTo(told("unbroken"))
                .filteredOn(line -> line.startsWith("sample "))
                .hasSize(writer.samples())
                .doesNotHaveDuplicates()
                .noneMatch(line -> line.contains("aborted"));
        assertThat(TrainerRig.hashes(folder.resolve("killed")))
                .isEqualTo(TrainerRig.hashes(folder.resolve("unbroken")));
    }

    @Test
    void itemsAreKnownBeforeTheSamplesThatWereThereAtTheStart() {
        writer.samples(200);
        writer.catalogue();
        try (OnlineTrainer trainer = trainer("late")) {
            trainer.start();
            awaitAll(trainer);
        }
        assertThat(told("late").subList(0, 60)).allMatch(line -> line.startsWith("item ") || line.startsWith("vector"));
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersOnceAndIsLeftOutInEveryLife() {
        writer.catalogue();
        writer.garbage(topics.samples());
        writer.garbage(topics.items());
        writer.samples(100);
        OnlineTrainer first = trainer("first");
        first.start();
        awaitAll(first);
        first.halt();
        try (OnlineTrainer second = trainer("second")) {
            registry.away(true);
            second.start();
            writer.samples(50);
            awaitAll(second);
        }

        var letters = DeadLetterReader.read(KAFKA.client(), Topics.deadLetter(topics.samples()));
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo("{\"not\":");
            assertThat(letter.key()).isEqualTo("some-key");
            assertThat(letter.headers())
                    .containsEntry("__streams.errors.topic", topics.samples())
                    .containsKeys("__streams.errors.offset", "__streams.errors.partition", "__streams.errors.message");
        });
        assertThat(DeadLetterReader.read(KAFKA.client(), Topics.deadLetter(topics.items())))
                .hasSize(1);
    }

    @Test
    void anItemWithoutAValueIsRetired() {
        writer.catalogue();
        writer.retire(new ItemId("item-7"));
        try (OnlineTrainer trainer = trainer("one")) {
            trainer.start();
            Await.until(
                    "all is applied",
                    () -> trainer.status().lag().values().stream().allMatch(lag -> lag == 0)
                            && trainer.status().step() > 0);
        }
        assertThat(told("one")).contains("retire item-7");
    }

    @Test
    void aSecondTrainerTakesTheModelOverAndTheFirstStops() throws Exception {
        writer.catalogue();
        OnlineTrainer first = trainer("first");
        first.start();
        Await.until("the first is ready", first::ready);
        try (OnlineTrainer second = trainer("second")) {
            second.start();
            writer.samples(200);
            awaitAll(second);
            Await.until("the first has stopped", () -> first.failure().isPresent());
            assertThat(first.failure().orElseThrow()).hasMessageContaining("a model must have one trainer");
            assertThat(first.ready()).isFalse();
            assertThat(get(first, "/health/live"))
                    .as("restarted, it would take the model back")
                    .contains("\"status\":\"live\"");
            assertThat(second.samplesTrained()).isEqualTo(200);
        } finally {
            first.close();
        }
    }

    @Test
    void aRestartWithAnEmptyDiskTakesTheNewestVersionOfTheRegistry() {
        writer.catalogue();
        writer.samples(600);
        try (OnlineTrainer first = trainer("first")) {
            first.start();
            awaitAll(first);
        }
        assertThat(registry.published()).isNotEmpty();
        writer.samples(100);
        try (OnlineTrainer second = trainer("elsewhere")) {
            second.start();
            awaitAll(second);
        }
        SnapshotManifest manifest = SnapshotFolder.manifest(TrainerRig.newest(folder.resolve("elsewhere")));
        assertThat(manifest.samples()).isEqualTo(700);
        assertThat(manifest.parent())
                .contains(registry.published().get(registry.published().size() - 2));
    }

    @Test
    void whileTheRegistryIsAwayTrainingGoesOnAndTheNewestSnapshotIsPublishedAfterwards() {
        registry.away(true);
        writer.catalogue();
        try (OnlineTrainer trainer = trainer("one")) {
            trainer.start();
            writer.samples(1_500);
            awaitAll(trainer);
            Await.until(
                    "snapshots are written", () -> trainer.status().snapshots().size() >= 2);
            assertThat(registry.published()).isEmpty();
            registry.away(false);
            Await.until("the newest is published", () -> {
                var snapshots = trainer.status().snapshots();
                return snapshots.get(snapshots.size() - 1).version().isPresent();
            });
            assertThat(registry.published()).hasSize(1);
        }
    }

    @Test
    void aSnapshotOfAnotherKafkaIsRefusedInOneSentence() {
        writer.catalogue();
        writer.samples(100);
        try (OnlineTrainer trainer = trainer("one")) {
            trainer.start();
            awaitAll(trainer);
        }
        var other = new TrainerRig(KAFKA.bootstrapServers(), KAFKA.namespace());
        try (OnlineTrainer trainer = other.trainer(folder.resolve("one"), registry, FakeLearning::from)) {
            assertThatThrownBy(trainer::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("must still have offset");
        }
    }

    @Test
    void aSnapshotNamesItselfItsParentItsOffsetsAndEveryFile() {
        writer.catalogue();
        writer.samples(500);
        try (OnlineTrainer trainer = trainer("one")) {
            trainer.start();
            awaitAll(trainer);
        }
        Path newest = TrainerRig.newest(folder.resolve("one"));
        SnapshotManifest manifest = SnapshotFolder.verify(newest);
        assertThat(newest.getFileName()).hasToString(SnapshotFolder.id(newest));
        assertThat(manifest.samples()).isEqualTo(500);
        assertThat(manifest.offsets()).hasSize(15);
        assertThat(manifest.files()).containsKeys("told.txt", "prequential.bin");
        assertThat(manifest.metrics()).containsKey("overall");
        assertThat(manifest.settings()).containsEntry("backbone", "dcnv2").doesNotContainKey("device");
    }

    @Test
    void answersWithItsHealthItsStandingAndItsMetrics() throws Exception {
        writer.catalogue();
        writer.samples(300);
        try (OnlineTrainer trainer = trainer("one")) {
            trainer.start();
            awaitAll(trainer);
            Await.until("it is ready", trainer::ready);

            assertThat(get(trainer, "/health/ready")).contains("\"training\":true");
            assertThat(get(trainer, "/v1/status"))
                    .contains("\"samples_trained\":300", "\"prequential\":{", "\"event_to_trained\":{\"p50\":");
            Await.until("the last step shows", () -> get(trainer, "/metrics").contains("guidance_dose 0.0"));
            Await.until("nothing is left", () -> get(trainer, "/metrics")
                    .contains("coldstream_consumer_lag{partition=\"" + topics.samples() + "-0\"} 0.0"));
            assertThat(get(trainer, "/metrics"))
                    .contains(
                            "coldstream_samples_trained_total 300.0",
                            "coldstream_train_step_seconds_count",
                            "coldstream_event_to_trained_seconds_count 300",
                            "coldstream_prequential_auc{stratum=\"overall\"}",
                            "coldstream_logloss{stratum=\"cold\"}",
                            "coldstream_calibration_ratio{stratum=\"tail\"}",
                            "coldstream_gate_alpha{cell=\"cold_tail\"}",
                            "coldstream_gate_agreement{cell=\"warm_new\"}",
                            "coldstream_guidance_dose 0.0",
                            "coldstream_guidance_active_hinges",
                            "coldstream_guidance_gradient_ratio",
                            "coldstream_embedding_rows{table=\"items\"}",
                            "coldstream_embedding_admitted_total{table=\"users\"}",
                            "coldstream_embedding_evicted_total{table=\"users\"}",
                            "coldstream_embedding_expired_total{table=\"items\"}",
                            "coldstream_embedding_refused_total{table=\"items\"}",
                            "coldstream_version_age_seconds",
                            "coldstream_snapshot_age_seconds");
        }
    }

    private static String get(OnlineTrainer trainer, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + trainer.port() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aPortInUseIsOneClearLineAndDisturbsNoTrainerThatRuns() {
        try (OnlineTrainer first = trainer("first")) {
            first.start();
            rig.with("trainer.port", Integer.toString(first.port()));
            OnlineTrainer second = trainer("second");
            assertThatThrownBy(second::start).hasMessageContaining("in use");
            assertThat(second.ready()).isFalse();
            second.close();

            writer.samples(50);
            awaitAll(first);
        }
    }

    @Test
    void partitionsThatAreAddedLaterAreReadFromTheirBeginning() throws Exception {
        rig.with("kafka.metadata.max.age.ms", "500");
        writer.catalogue();
        try (OnlineTrainer trainer = trainer("one");
                Admin admin = Admin.create(KAFKA.client())) {
            trainer.start();
            admin.createPartitions(Map.of(topics.samples(), NewPartitions.increaseTo(7)))
                    .all()
                    .get();
            writer.samples(500);
            awaitAll(trainer);
            assertThat(trainer.status().offsets()).containsKey(topics.samples() + "-6");
        }
    }
}
