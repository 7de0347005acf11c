package coldstream.app.evaluate;

import coldstream.app.evaluate.drift.DriftProtocol;
import coldstream.app.evaluate.offline.LeaveOneOutProtocol;
import coldstream.app.evaluate.prequential.PrequentialProtocol;
import coldstream.app.evaluate.protocol.EvaluateOptions;
import coldstream.app.evaluate.protocol.Protocol;
import coldstream.app.evaluate.worlds.GateWorldsProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code coldstream evaluate}: arms by strata and seeds on a data set, with paired intervals, without Kafka. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares ways of learning on a data set. Options with several values try every combination; the"
                + " first arm is what the others are compared with.")
public final class EvaluateCommand implements Callable<Integer> {

    private final List<Protocol> protocols;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            defaultValue = "prequential",
            description = "prequential (default): every event predicted, then learnt; first 20 %% as warm-up, two"
                    + " sampled negatives an event; leave-one-out: the paper's split, trained in epochs;"
                    + " gate-worlds: gates in three made-up worlds; drift: what is noticed where something changes, and"
                    + " what acting on it is worth.")
    private String protocol = "prequential";

    @Mixin
    private EvaluateOptions options = new EvaluateOptions();

    @Spec
    private @Nullable CommandSpec spec;

    public EvaluateCommand() {
        this(List.of(
                new PrequentialProtocol(), new LeaveOneOutProtocol(), new GateWorldsProtocol(), new DriftProtocol()));
    }

    public EvaluateCommand(List<Protocol> protocols) {
        this.protocols = List.copyOf(protocols);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandSpec command = Objects.requireNonNull(spec);
        Protocol chosen = chosen(command);
        return chosen.run(
                options, command.commandLine().getOut(), command.commandLine().getErr());
    }

    private Protocol chosen(CommandSpec command) {
        try {
            Protocol chosen = protocols.stream()
                    .filter(one -> one.name().equals(protocol))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("protocol must be one of %s, got %s"
                            .formatted(protocols.stream().map(Protocol::name).toList(), protocol)));
            options.checkBounds();
            if (chosen.readsData()) {
                options.data();
            }
            chosen.check(options);
            return chosen;
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(command.commandLine(), refused.getMessage(), refused);
        }
    }
}
