package coldstream.app.registry;

import coldstream.app.Columns;
import coldstream.domain.RegistryEvent;
import coldstream.wire.PromotionView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Why a version serves, or does not. */
@Command(
        name = "why",
        description =
                "Prints why the champion serves: the last decision with its numbers, what is measured now, and the rules.",
        mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {

    @Mixin
    private final RegistryAccess registry = new RegistryAccess();

    @Option(
            names = "--of",
            paramLabel = "VERSION",
            description = "Decisions about this version, by number or alias, instead of the last one about any.")
    private @Nullable String version;

    /**
     * @param decisions oldest first
     * @param of the version they are about, if one was asked for
     */
    record Why(PromotionView standing, List<RegistryEvent> decisions, Optional<String> of) {}

    @Override
    public Integer call() throws IOException {
        return registry.answer(
                asked -> {
                    Optional<String> about = Optional.ofNullable(version).map(asked::version);
                    List<RegistryEvent> decisions = asked.registry().events(asked.model()).stream()
                            .filter(HistoryCommand.Decisions::is)
                            .filter(event -> about.isEmpty() || concerns(event, about.get()))
                            .toList();
                    if (about.isPresent() && decisions.isEmpty()) {
                        asked.promotion().detail(asked.model(), about.get()); // refused where there is no such version
                    }
                    int from = about.isEmpty() ? Math.max(0, decisions.size() - 1) : 0;
                    return new Why(
                            asked.promotion().promotion(asked.model()),
                            decisions.subList(from, decisions.size()),
                            about);
                },
                WhyCommand::text);
    }

    private static boolean concerns(RegistryEvent event, String version) {
        return event.version().equals(version)
                || version.equals(event.details().get("arm"))
                || version.equals(event.details().get("baseline"));
    }

    private static String text(Why why) {
        var text = new StringBuilder(PromotionText.of(why.standing()));
        why.of()
                .filter(version -> why.decisions().isEmpty())
                .ifPresent(version -> text.append(String.format("%nnothing was decided about version %s%n", version)));
        for (RegistryEvent event : why.decisions()) {
            String kind = event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            text.append(String.format(
                    Locale.ROOT,
                    "%n%s: %s, version %s, by %s%n  %s%n",
                    event.at(),
                    kind,
                    event.version(),
                    event.who(),
                    event.why()));
            new TreeMap<>(event.details())
                    .forEach((name, value) -> text.append(String.format(Locale.ROOT, "  %s = %s%n", name, value)));
        }
        why.standing().evidence().forEach(evidence -> text.append(System.lineSeparator())
                .append(PromotionText.of(evidence)));
        List<List<String>> rules = new ArrayList<>();
        new TreeMap<>(why.standing().rules()).forEach((name, value) -> rules.add(List.of(name, value)));
        return text.append(System.lineSeparator())
                .append(Columns.of(List.of("rule", "value"), rules))
                .toString();
    }
}
