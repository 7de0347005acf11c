package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.SnapshotManifest;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.trainer.TrainerProcess.Point;
import coldstream.wire.SnapshotFolder;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The product's trainer in a process of its own, killed with no chance to say goodbye, at {@value #LIVES} random points of a
 * stream: while it appends to its journal, before and behind a step, in a snapshot half written, before and behind a
 * publication, and at no point in particular. A judge sits beside every life that is killed, and beside the unbroken run none:
 * it has to change nothing. While a life is lived the next process gets warm, so that starting it costs
 * little.
 *
 * <p>The points follow from a seed, which is logged; {@code -Dcoldstream.kill-seed} gives another.
 */
@Tag("integration")
class KilledTrainerTest {

    private static final Logger LOG = LoggerFactory.getLogger(KilledTrainerTest.class);
    private static final int LIVES = 20;
    private static final int MOST_SAMPLES_A_LIFE = 20_000;

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final Topics topics = new Topics(KAFKA.namespace());
    private final long seed = Long.getLong("coldstream.kill-seed", 2026);
    private final Random random = new Random(seed);

    /** Those that are killed are directed and judged as well; the one that is not repeats their journal. */
    private TrainerChild child(Path data) throws IOException {
        List<String> words = data.endsWith("killed") ? List.of("directed", "judged") : List.of();
        return new TrainerChild(KAFKA.bootstrapServers(), topics.namespace(), data, words);
    }

    @Test
    void aProcessKilledAtTwentyRandomPointsLearnsTheSameWeightsBitForBit(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        new TopicSetup(topics, "ctr", 3, 1).ensure(KAFKA.client(), Await.LIMIT);
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Path unbroken = Files.createDirectory(folder.resolve("unbroken"));
        LOG.atWarn().addKeyValue("seed", seed).log("killing a trainer");
        TrainerChild next = child(killed);
        long judged = 0;
        try (var writer = new InputWriter(KAFKA.client(), topics);
                var deltas = new DeltaFollowing(KAFKA.client(), topics.deltas("ctr"))) {
            writer.catalogue();
            for (int life = 1; life <= LIVES; life++) {
                try (TrainerChild child = next) {
                    next = child(killed);
                    live(child, writer);
                    judged += child.judged();
                    child.kill();
                }
            }
            for (int giver = 0; giver < 2; giver++) {
                try (TrainerChild child = next) {
                    next = child(killed);
                    giveAway(child, writer, deltas);
                    child.kill();
                }
            }
            try (TrainerChild last = next;
                    TrainerChild other = child(unbroken)) {
                giveAway(last, writer, deltas);
                last.end(writer.samples());
                Path served = servedLongest(killed, deltas);
                assertThat(deltas.trainersFrom(served)).as("seed %d", seed).isGreaterThan(1);
                deltas.assertLeads(served, TrainerRig.newest(killed));
                other.live(Point.ANYWHERE, 0);
                other.end(writer.samples());
            }
            assertThat(judged).as("seed %d: the judge judged", seed).isPositive();
            var manifest = SnapshotFolder.manifest(TrainerRig.newest(killed));
            assertThat(manifest.samples()).as("seed %d", seed).isEqualTo(writer.samples());
            assertThat(manifest.parent()).isPresent();
            assertThat(Files.readString(TrainerRig.newest(killed).resolve("learner.json")))
                    .as("seed %d: directives were done", seed)
                    .contains("/raise-rates\"", "/reset-gate\"");
        } finally {
            next.close();
        }
        assertThat(TrainerRig.hashes(killed))
                .as("seed %d", seed)
                .containsKeys("dense.safetensors", "rows.safetensors", Tally.SKIPS_FILE)
                .isEqualTo(TrainerRig.hashes(unbroken));
    }

    /**
     * Lives until an epoch has everything. Of three that do so one after the other two start from the same snapshot: six
     * samples are too few for two more.
     */
    private static void giveAway(TrainerChild child, InputWriter writer, DeltaFollowing deltas) {
        child.live(Point.ANYWHERE, 0);
        writer.samples(2);
        Await.until("an epoch of all samples", () -> deltas.epochs().stream()
                .anyMatch(epoch -> epoch.marker().samples() == writer.samples()));
    }

    /**
     * The published snapshot from which the epochs of most trainer processes lead on. There are others from which none do:
     * their trainer died before it gave anything away, and the next went on from a later one.
     */
    private static Path servedLongest(Path data, DeltaFollowing deltas) throws IOException {
        try (Stream<Path> all = Files.find(data, 3, (path, attributes) -> path.endsWith(SnapshotManifest.FILE_NAME))) {
            return all.map(Path::getParent)
                    .map(Objects::requireNonNull)
                    .filter(folder -> folder.toString().contains("registry-"))
                    .max(Comparator.comparingLong(deltas::trainersFrom))
                    .orElseThrow();
        }
    }

    /** Feeds a life until it is where it shall end. */
    private void live(TrainerChild child, InputWriter writer) throws InterruptedException {
        List<Point> points = List.of(Point.values());
        Point point = points.get(random.nextInt(points.size()));
        int passes =
                switch (point) {
                    case APPEND, BEFORE_STEP, AFTER_STEP -> random.nextInt(8);
                    case SNAPSHOT, BEFORE_PUBLISH, AFTER_PUBLISH, EPOCH, ANYWHERE -> random.nextInt(2);
                };
        Duration more =
                Duration.ofMillis(random.nextInt(250)); // drawn for every point, so that the seed decides on all
        int begin = writer.samples();
        child.live(point, passes);
        Optional<Long> end = Optional.empty();
        while (point == Point.ANYWHERE ? end.isEmpty() || end.get() > System.nanoTime() : !child.isThere()) {
            if (end.isEmpty() && child.trained() > 0) {
                end = Optional.of(System.nanoTime() + more.toNanos());
            }
            if (writer.samples() - child.trained() < 100) {
                writer.samples(50);
            } else {
                Thread.sleep(2);
            }
            assertThat(writer.samples() - begin)
                    .as("seed %d: a life must reach %s", seed, point)
                    .isLessThan(MOST_SAMPLES_A_LIFE);
        }
    }
}
