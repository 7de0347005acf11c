package coldstream.trainer;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A trainer of the product's own learner in a JVM of its own, for tests that kill it. Arguments: brokers, namespace, data
 * directory. It prints how many samples it has trained, and closes in order when its input ends.
 */
final class TrainerProcess {

    private static final int REPORT_MILLIS = 10;

    private TrainerProcess() {}

    public static void main(String[] arguments) throws Exception {
        var rig = new TrainerRig(arguments[0], arguments[1]);
        Path folder = Path.of(arguments[2]);
        var registry = new FakePublisher(folder.resolve("registry"));
        Learning.Factory learners =
                Learning.Factory.of(TrainerConfig.from(rig.values(folder)).learner());
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (OnlineTrainer trainer = rig.trainer(folder, registry, learners)) {
            trainer.start();
            while (System.in.available() == 0 && trainer.failure().isEmpty()) {
                out.println("trained " + trainer.samplesTrained());
                Thread.sleep(REPORT_MILLIS);
            }
            trainer.failure().ifPresent(failure -> out.println("failed " + failure));
        }
        System.exit(0);
    }
}
