package coldstream.app.dlq;

import coldstream.console.deadletter.Advice;
import coldstream.console.deadletter.Content;
import coldstream.console.deadletter.Letter;
import coldstream.console.deadletter.LetterId;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One dead letter, whole. */
@Command(
        name = "explain",
        description = "Prints a dead letter: what it holds, why it died, and whether sending it again can help.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    @Parameters(paramLabel = "ID", description = "Of the letter, as coldstream dlq list prints it.")
    private String id = "";

    record Explained(Letter letter, Advice advice) {}

    @Override
    public Integer call() throws JsonProcessingException {
        Letter letter = letters.desk()
                .find(LetterId.of(id))
                .orElseThrow(() -> new IllegalArgumentException("a dead letter must be there, got none with id " + id));
        Advice advice = Advice.of(letter.reason());
        letters.print(new Explained(letter, advice), text(letter, advice));
        return 0;
    }

    static String text(Letter letter, Advice advice) {
        var text = new StringBuilder();
        line(text, "letter    %s of %s", letter.id(), letter.time());
        letter.origin()
                .ifPresent(origin ->
                        line(text, "read      from %s-%d at %d", origin.topic(), origin.partition(), origin.offset()));
        line(text, "reason    %s: %s", letter.reason(), letter.message());
        line(text, "means     %s", advice.meaning());
        line(
                text,
                "again     %s",
                letter.replayed()
                        .map(time -> "was sent again at " + time)
                        .orElse(advice.helps() ? "coldstream dlq replay " + letter.id() : "would only die again"));
        letter.headers().forEach(header -> line(text, "header    %s: %s", header.name(), header.value()));
        line(text, "key       %s", shown(letter.key()));
        line(text, "value     %s", shown(letter.value()));
        return text.toString();
    }

    private static String shown(Content content) {
        return switch (content.encoding()) {
            case "none" -> "(nothing)";
            case "base64" -> "(" + content.bytes() + " bytes, base64) " + content.text();
            default -> content.text() + (content.truncated() ? "… (" + content.bytes() + " bytes)" : "");
        };
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
