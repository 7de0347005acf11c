package coldstream.benchmarks.judge;

import coldstream.benchmarks.Contender;
import coldstream.benchmarks.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What measuring frozen versions takes from training: the same learner over the same stream, with a judge and without. */
@Command(
        name = "judge",
        description = "A learner's steps with and without a judge beside it, in turns, three frozen versions compared.",
        mixinStandardHelpOptions = true)
public final class JudgeCommand implements Callable<Integer> {

    @Option(names = "--backbones", split = ",", defaultValue = "dcnv2,deepfm,autoint,din")
    private List<String> backbones = List.of();

    @Option(names = "--dimension", defaultValue = "32")
    private int dimension;

    @Option(names = "--samples", defaultValue = "128", description = "of a step; each draws two negatives")
    private int samples;

    @Option(names = "--share", defaultValue = "0.1", description = "of the steps that are judged")
    private double share;

    @Option(names = "--rounds", defaultValue = "7", description = "of each, in turns")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "2", description = "of a round, at least")
    private double seconds;

    @Override
    public Integer call() throws IOException {
        System.out.println("| backbone | alone, ms a step | judged | ratio | processor alone | judged | ratio |"
                + " steps judged | shed |");
        System.out.println("|---".repeat(9) + "|");
        for (String backbone : backbones) {
            measure(backbone);
        }
        return 0;
    }

    private void measure(String backbone) throws IOException {
        try (JudgedLearner alone =
                        new JudgedLearner(backbone, dimension, samples, 0, Files.createTempDirectory("alone"));
                JudgedLearner judged =
                        new JudgedLearner(backbone, dimension, samples, share, Files.createTempDirectory("judged"))) {
            List<Rounds> both = new ArrayList<>();
            for (JudgedLearner learner : List.of(alone, judged)) {
                both.add(new Rounds(learner, 60, seconds));
            }
            for (int round = 0; round < rounds; round++) {
                both.forEach(Rounds::run);
            }
            Contender.Took one = both.get(0).median();
            Contender.Took other = both.get(1).median();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.3f | %.2f | %.2f | %.3f | %.0f | %.0f |%n",
                    backbone,
                    1e3 * one.seconds(),
                    1e3 * other.seconds(),
                    other.seconds() / one.seconds(),
                    1e3 * one.processor(),
                    1e3 * other.processor(),
                    other.processor() / one.processor(),
                    judged.counted("judged"),
                    judged.counted("shed"));
        }
    }
}
