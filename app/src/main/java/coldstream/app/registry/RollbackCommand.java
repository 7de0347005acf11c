package coldstream.app.registry;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes back to an earlier version. */
@Command(
        name = "rollback",
        description = "Makes an earlier version champion again.",
        footer = {"", "Nothing is promoted by the rules for registry.cool-down afterwards."},
        mixinStandardHelpOptions = true)
final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private final RegistryAccess registry = new RegistryAccess();

    @Parameters(
            paramLabel = "VERSION",
            arity = "0..1",
            description = "A number or an alias (default: the champion before this one).")
    private @Nullable String version;

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "For the audit.")
    private String why = "";

    @Override
    public Integer call() throws IOException {
        return registry.answer(
                asked -> asked.promotion()
                        .rollback(asked.model(), Optional.ofNullable(version).map(asked::version), why),
                PromotionText::of);
    }
}
