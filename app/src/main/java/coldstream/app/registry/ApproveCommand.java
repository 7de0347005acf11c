package coldstream.app.registry;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a promotion happen that waits for a person. */
@Command(
        name = "approve",
        description = "Lets a promotion happen that waits for a person (setting registry.approval), or refuses it.",
        mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {

    @Mixin
    private final RegistryAccess registry = new RegistryAccess();

    @Parameters(paramLabel = "VERSION", description = "The version that waits, by number or alias.")
    private String version = "";

    @Option(names = "--refuse", description = "The champion stays.")
    private boolean refused;

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "For the audit.")
    private String why = "";

    @Override
    public Integer call() throws IOException {
        return registry.answer(
                asked -> asked.promotion().approve(asked.model(), asked.version(version), !refused, why),
                PromotionText::of);
    }
}
