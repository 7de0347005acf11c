package coldstream.trainer;

import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.testkit.Await;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Measures, run by hand: how many samples a second a trainer learns that finds a backlog in Kafka. Arguments: number of
 * samples, then {@code real} or {@code fake} for the learner.
 */
final class Throughput {

    private Throughput() {}

    /** What each thread used: unlike the speed it does not depend on what else the machine does. */
    private static void printProcessorTime(int samples) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            double seconds = threads.getThreadCpuTime(id) / 1e9;
            if (info != null && seconds > 0.2) {
                System.out.printf(
                        Locale.ROOT,
                        "%-50s %.2f s, %.0f samples a second of one core%n",
                        info.getThreadName(),
                        seconds,
                        samples / seconds);
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        int samples = Integer.parseInt(arguments[0]);
        boolean real = arguments[1].equals("real");
        Path folder = Files.createTempDirectory("coldstream-throughput");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE)) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            var topics = new Topics("coldstream");
            new TopicSetup(topics, "ctr", 3, 1).ensure(client, Await.LIMIT);
            try (var writer = new InputWriter(client, topics, samples / 160, samples / 10)) {
                writer.catalogue();
                writer.samples(samples);
            }
            System.out.println("written");
            var rig = new TrainerRig(kafka.bootstrapServers(), "coldstream")
                    .with("trainer.batch-size", "128")
                    .with("trainer.linger", "200ms")
                    .with("trainer.snapshot-samples", "20000")
                    .with("trainer.snapshot-interval", "60s");
            Learning.Factory learners = real
                    ? Learning.Factory.of(TrainerConfig.from(rig.values(folder)).learner())
                    : FakeLearning::from;
            try (OnlineTrainer trainer = rig.trainer(folder, new FakePublisher(folder.resolve("registry")), learners)) {
                trainer.start();
                long begin = System.nanoTime();
                long before = 0;
                while (trainer.samplesTrained() < samples) {
                    Thread.sleep(2_000);
                    long now = trainer.samplesTrained();
                    System.out.printf(Locale.ROOT, "%d samples, %d a second%n", now, (now - before) / 2);
                    before = now;
                    if (trainer.failure().isPresent()) {
                        throw new IllegalStateException(trainer.failure().get());
                    }
                }
                double seconds = (System.nanoTime() - begin) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "%d samples in %.1f s: %.0f a second, %d steps%n",
                        samples,
                        seconds,
                        samples / seconds,
                        trainer.status().step());
                printProcessorTime(samples);
                System.out.println(trainer.status().eventToTrained());
            }
        }
        System.exit(0);
    }
}
