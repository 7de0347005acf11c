package coldstream.app.dlq;

import coldstream.app.Columns;
import coldstream.console.deadletter.Letter;
import coldstream.console.deadletter.LetterDesk.Listing;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which dead letters there are. */
@Command(
        name = "list",
        description = "Counts dead letters by topic and reason, and prints the newest.",
        footer = {"", "One letter with all it holds: coldstream dlq explain ID"},
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    private static final int WIDTH = 60;

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only of this topic.")
    private @Nullable String topic;

    @Option(names = "--reason", paramLabel = "REASON", description = "Only of this reason, such as MISSING_FIELD.")
    private @Nullable String reason;

    @Option(names = "--limit", defaultValue = "20", paramLabel = "N", description = "Letters printed (default: 20).")
    private int limit;

    @Override
    public Integer call() throws JsonProcessingException {
        Listing listing =
                letters.desk().list(Optional.ofNullable(topic), Optional.ofNullable(reason), Math.max(1, limit));
        letters.print(listing, text(listing));
        return 0;
    }

    static String text(Listing listing) {
        if (listing.total() == 0) {
            return "no dead letters" + System.lineSeparator();
        }
        List<List<String>> counts = new ArrayList<>();
        listing.topics().forEach(each -> each.reasons()
                .forEach(one -> counts.add(List.of(
                        each.topic(),
                        one.reason(),
                        Long.toString(one.count()),
                        Long.toString(one.replayed()),
                        one.newest().toString()))));
        List<List<String>> newest = new ArrayList<>();
        for (Letter letter : listing.letters().orElse(List.of())) {
            newest.add(List.of(
                    letter.id(),
                    letter.time().toString(),
                    letter.reason(),
                    letter.replayed().isPresent() ? "yes" : "",
                    oneLine(letter.message())));
        }
        return Columns.of(List.of("topic", "reason", "letters", "sent again", "newest"), counts)
                + System.lineSeparator()
                + Columns.of(List.of("id", "died", "reason", "sent again", "why"), newest);
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}
