package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelWriter;
import coldstream.domain.TasteProfile;
import coldstream.scorer.model.ChatQuestion.Form;
import coldstream.scorer.model.Exchange.Answered;
import coldstream.scorer.model.Exchange.Failed;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes by asking a chat model once.
 *
 * <p>Items are shown as {@link Facets}, one JSON object each, so that a title cannot break out of its place. An answer is read
 * by fixed rules: a leading {@code <think>} block goes, markup is no text, control characters become blanks, a code fence or
 * quotation marks around the whole go, and a text is cut at {@value #MAX_CHARACTERS} characters. Nothing left is no answer.
 */
final class ChatWriter implements LanguageModelWriter {

    static final int MAX_CHARACTERS = TasteProfile.MAX_TEXT;

    private static final int SEED = 1;
    private static final int TOKENS = 200;

    private final Chat chat;

    ChatWriter(Chat chat) {
        this.chat = chat;
    }

    @Override
    public String model() {
        return chat.model();
    }

    @Override
    public Outcome write(String instruction, List<Item> items) {
        String material =
                Facets.ofAll(items).stream().map(Facets::json).collect(Collectors.joining(",\n", "Items: [", "]"));
        Exchange exchange = chat.ask(new ChatQuestion(instruction, material, Form.TEXT, SEED, TOKENS));
        if (exchange instanceof Failed failed) {
            return new Nothing(failed.fault().passes(), failed.fault(), failed.why(), failed.usage());
        }
        Answered answered = (Answered) exchange;
        String text = read(answered.text());
        return text.isEmpty()
                ? new Nothing(false, Fault.UNREADABLE, "a text must not be empty", answered.usage())
                : new Written(text, answered.usage());
    }

    /** The text by the rules above; empty where nothing is left. */
    static String read(String answer) {
        String text =
                ScoreReply.withoutThought(answer).replaceAll("\\p{Cntrl}+", " ").strip();
        if (text.startsWith("<")) {
            return "";
        }
        if (text.length() >= 6 && text.startsWith("```") && text.endsWith("```")) {
            text = text.substring(3, text.length() - 3).strip();
        }
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1).strip();
        }
        return text.length() <= MAX_CHARACTERS
                ? text
                : text.substring(0, MAX_CHARACTERS).strip();
    }
}
