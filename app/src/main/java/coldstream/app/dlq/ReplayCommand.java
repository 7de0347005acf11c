package coldstream.app.dlq;

import coldstream.console.deadletter.Letter;
import coldstream.console.deadletter.LetterDesk;
import coldstream.console.deadletter.LetterId;
import coldstream.console.deadletter.Replay.Outcome;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends dead letters to their topic again. */
@Command(
        name = "replay",
        description =
                "Sends dead letters to their topic again, each at most once: by id, or those of a topic and a reason.",
        footer = {"", "Without --yes it only says what it would send. The same command again sends nothing twice."},
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Of letters, as coldstream dlq list prints them.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "The newest of this topic.")
    private @Nullable String topic;

    @Option(names = "--reason", paramLabel = "REASON", description = "Of them, those of this reason.")
    private @Nullable String reason;

    @Option(names = "--limit", defaultValue = "500", paramLabel = "N", description = "At most so many (default: 500).")
    private int limit;

    @Option(names = "--yes", description = "Sends them.")
    private boolean yes;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        if (ids.isEmpty() == (topic == null)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "either ids or --topic must be given");
        }
        LetterDesk desk = letters.desk();
        List<LetterId> chosen = ids.isEmpty()
                ? desk
                        .list(Optional.ofNullable(topic), Optional.ofNullable(reason), Math.max(1, limit))
                        .letters()
                        .orElse(List.of())
                        .stream()
                        .filter(letter -> letter.replayed().isEmpty())
                        .map(Letter::id)
                        .map(LetterId::of)
                        .toList()
                : ids.stream().map(LetterId::of).toList();
        if (!yes) {
            letters.print(chosen.stream().map(LetterId::toString).toList(), intended(chosen));
            return 0;
        }
        Outcome outcome = desk.replay(chosen, "dlq command of " + System.getProperty("user.name", "somebody"));
        letters.print(outcome, text(outcome));
        return 0;
    }

    private static String intended(List<LetterId> chosen) {
        var text = new StringBuilder();
        chosen.forEach(id -> text.append(id).append(System.lineSeparator()));
        return text.append("with --yes these ")
                .append(chosen.size())
                .append(" would be sent again")
                .append(System.lineSeparator())
                .toString();
    }

    static String text(Outcome outcome) {
        var text = new StringBuilder();
        outcome.skipped().forEach(skipped -> text.append(skipped.id())
                .append(": ")
                .append(skipped.why())
                .append(System.lineSeparator()));
        return text.append(outcome.replayed().size())
                .append(" sent again, ")
                .append(outcome.skipped().size())
                .append(" not")
                .append(System.lineSeparator())
                .toString();
    }
}
