package coldstream.app.registry;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a version champion, or canary. */
@Command(
        name = "promote",
        description = "Makes a version champion, or gives it a share of the users as canary.",
        footer = {
            "",
            "A version promoted by hand is watched like any other: where it is worse than the champion before",
            "on the same events, it is taken back."
        },
        mixinStandardHelpOptions = true)
final class PromoteCommand implements Callable<Integer> {

    @Mixin
    private final RegistryAccess registry = new RegistryAccess();

    @Parameters(paramLabel = "VERSION", description = "A number or an alias, such as candidate.")
    private String version = "";

    @Option(
            names = "--canary",
            paramLabel = "SHARE",
            description = "Share of the users that it serves, in (0, 1), the champion serving the others.")
    private @Nullable Double canary;

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "For the audit.")
    private String why = "";

    @Override
    public Integer call() throws IOException {
        return registry.answer(
                asked -> asked.promotion()
                        .promote(asked.model(), asked.version(version), Optional.ofNullable(canary), why),
                PromotionText::of);
    }
}
