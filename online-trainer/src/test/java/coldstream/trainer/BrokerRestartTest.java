package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Sample;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.testkit.Await;
import coldstream.trainer.learning.StepResult;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes away in mid-stream and comes back. */
@Tag("integration")
class BrokerRestartTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** Learners that take their time, so that a stream does not end before something has happened. */
    private static Learning.Factory until(CountDownLatch happened) {
        return snapshot -> new ForwardingLearning(FakeLearning.from(snapshot)) {
            @Override
            public StepResult step(List<Sample> samples) {
                try {
                    var unused = happened.await(50, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.step(samples);
            }
        };
    }

    @Test
    void noSampleIsLostOrTrainedTwiceWhenTheBrokerRestarts(@TempDir Path folder) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE)) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            var topics = new Topics("coldstream");
            new TopicSetup(topics, "ctr", 3, 1).ensure(client, Await.LIMIT);
            var rig = new TrainerRig(kafka.bootstrapServers(), topics.namespace()).with("trainer.batch-size", "4");
            var registry = new FakePublisher(folder.resolve("registry"));
            registry.away(true);
            var restarted = new CountDownLatch(1);
            int samples;
            try (var writer = new InputWriter(client, topics);
                    OnlineTrainer trainer = rig.trainer(folder.resolve("one"), registry, until(restarted))) {
                writer.catalogue();
                writer.samples(1_500);
                trainer.start();
                Await.until("training is in mid-stream", () -> trainer.samplesTrained() >= 100);
                kafka.restart();
                assertThat(trainer.samplesTrained())
                        .as("trained at the restart")
                        .isLessThan(1_500);
                restarted.countDown();
                writer.samples(500);
                samples = writer.samples();
                Await.until("all samples are trained", LIMIT, () -> {
                    assertThat(trainer.failure()).isEmpty();
                    return trainer.samplesTrained() >= samples;
                });
            }
            List<String> told = FakeLearning.read(TrainerRig.newest(folder.resolve("one")));
            assertThat(told)
                    .filteredOn(line -> line.startsWith("sample "))
                    .hasSize(samples)
                    .doesNotHaveDuplicates();

            try (OnlineTrainer unbroken = rig.trainer(folder.resolve("two"), registry, FakeLearning::from)) {
                unbroken.start();
                Await.until("all steps are repeated", LIMIT, () -> unbroken.samplesTrained() >= samples);
            }
            assertThat(FakeLearning.read(TrainerRig.newest(folder.resolve("two"))))
                    .isEqualTo(told);
        }
    }

    @Test
    void closesSoonWhileTheBrokerIsAwayAndGoesOnExactlyWhenItIsBack(@TempDir Path folder) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE)) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            var topics = new Topics("coldstream");
            new TopicSetup(topics, "ctr", 3, 1).ensure(client, Await.LIMIT);
            var rig = new TrainerRig(kafka.bootstrapServers(), topics.namespace()).with("trainer.batch-size", "4");
            var registry = new FakePublisher(folder.resolve("registry"));
            try (var writer = new InputWriter(client, topics)) {
                writer.catalogue();
                writer.samples(1_500);
            }
            var gone = new CountDownLatch(1);
            OnlineTrainer trainer = rig.trainer(folder.resolve("one"), registry, until(gone));
            trainer.start();
            Await.until("training is in mid-stream", () -> trainer.samplesTrained() >= 100);
            kafka.stop();
            gone.countDown();
            long begin = System.nanoTime();
            trainer.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));

            kafka.restart();
            try (OnlineTrainer next = rig.trainer(folder.resolve("one"), registry, FakeLearning::from)) {
                next.start();
                Await.until("all samples are trained", LIMIT, () -> next.samplesTrained() >= 1_500);
            }
            assertThat(FakeLearning.read(TrainerRig.newest(folder.resolve("one"))))
                    .filteredOn(line -> line.startsWith("sample "))
                    .hasSize(1_500)
                    .doesNotHaveDuplicates();
        }
    }
}
