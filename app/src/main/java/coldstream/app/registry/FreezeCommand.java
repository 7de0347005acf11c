package coldstream.app.registry;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stops promotion by the rules. */
@Command(
        name = "freeze",
        description = "Stops promotion by the rules, until a moment or until it is ended.",
        footer = {
            "",
            "A champion that is worse than the one before is taken back all the same; people may still promote."
        },
        mixinStandardHelpOptions = true)
final class FreezeCommand implements Callable<Integer> {

    @Mixin
    private final RegistryAccess registry = new RegistryAccess();

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "For the audit.")
    private String why = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = RegistryAccess.ADuration.class,
            description = "How long, such as 2h (default: until it is ended).")
    private @Nullable Duration time;

    @Option(names = "--end", description = "Ends the freeze.")
    private boolean end;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (end && time != null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "either --for or --end may be given, got both");
        }
        Optional<Instant> until =
                Optional.ofNullable(time).map(length -> Instant.now().plus(length));
        return registry.answer(
                asked -> end
                        ? asked.promotion().thaw(asked.model(), why)
                        : asked.promotion().freeze(asked.model(), why, until),
                PromotionText::of);
    }
}
