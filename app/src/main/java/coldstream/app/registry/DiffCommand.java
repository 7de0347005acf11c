package coldstream.app.registry;

import coldstream.wire.VersionDetail;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is different between two versions. */
@Command(
        name = "diff",
        description = "Prints what is different between two versions: metrics, settings, lineage, offsets, size.",
        footer = {"", "Metrics are each version's own, of different events; on the same events: coldstream registry why"
        },
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {

    @Mixin
    private final RegistryAccess registry = new RegistryAccess();

    @Parameters(index = "0", paramLabel = "ONE", description = "A number or an alias, such as previous.")
    private String one = "";

    @Parameters(index = "1", paramLabel = "OTHER", description = "A number or an alias, such as champion.")
    private String other = "";

    record Two(VersionDetail one, VersionDetail other) {}

    @Override
    public Integer call() throws IOException {
        return registry.answer(
                asked -> new Two(
                        asked.promotion().detail(asked.model(), asked.version(one)),
                        asked.promotion().detail(asked.model(), asked.version(other))),
                two -> DiffText.of(two.one(), two.other()));
    }
}
