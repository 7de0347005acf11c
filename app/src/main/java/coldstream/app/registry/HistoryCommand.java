package coldstream.app.registry;

import static coldstream.domain.Check.check;

import coldstream.app.Columns;
import coldstream.domain.RegistryEvent;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What happened to a model, from the audit. */
@Command(
        name = "history",
        description = "Prints what happened to a model: who, what, when and why, oldest first.",
        footer = {"", "A decision's numbers are in --json, and of one version: coldstream registry why --of VERSION"},
        mixinStandardHelpOptions = true)
final class HistoryCommand implements Callable<Integer> {

    @Mixin
    private final RegistryAccess registry = new RegistryAccess();

    @Option(names = "--limit", paramLabel = "N", description = "Newest entries shown (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(names = "--decisions", description = "Only decisions: no uploads, no aliases that go with them.")
    private boolean decisions;

    @Override
    public Integer call() throws IOException {
        check(limit > 0, "--limit must be positive, got %d", limit);
        return registry.answer(
                asked -> {
                    List<RegistryEvent> events = asked.registry().events(asked.model()).stream()
                            .filter(event -> !decisions || Decisions.is(event))
                            .toList();
                    return events.subList(Math.max(0, events.size() - limit), events.size());
                },
                HistoryCommand::text);
    }

    private static String text(List<RegistryEvent> events) {
        return Columns.of(
                List.of("when", "what", "version", "alias", "who", "why"),
                events.stream()
                        .map(event -> List.of(
                                event.at().toString(),
                                event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                event.version(),
                                event.alias().orElse(""),
                                event.who(),
                                event.why()))
                        .toList());
    }

    /** Which entries are decisions. */
    static final class Decisions {

        private Decisions() {}

        static boolean is(RegistryEvent event) {
            return Stream.of(
                            RegistryEvent.Kind.VERSION_CREATED,
                            RegistryEvent.Kind.ALIAS_SET,
                            RegistryEvent.Kind.ALIAS_DELETED,
                            RegistryEvent.Kind.STAGE_SET)
                    .noneMatch(event.kind()::equals);
        }
    }
}
