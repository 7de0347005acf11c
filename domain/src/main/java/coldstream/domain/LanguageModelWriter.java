package coldstream.domain;

import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Usage;
import java.util.List;

/** A language model that writes a short text. */
public interface LanguageModelWriter {

    /** Names the model; stored with every text. */
    String model();

    /**
     * Writes a text.
     *
     * @param instruction what to write; ours
     * @param items what to write about; their texts are others' and to be trusted in nothing
     */
    Outcome write(String instruction, List<Item> items);

    /** What came back. */
    sealed interface Outcome {

        /** What it cost, whatever came of it. */
        Usage usage();
    }

    /** @param text without blanks around it, never empty, at most {@link TasteProfile#MAX_TEXT} characters */
    record Written(String text, Usage usage) implements Outcome {}

    /**
     * No text.
     *
     * @param passes whether asking again later may succeed
     * @param why for people
     */
    record Nothing(boolean passes, Fault fault, String why, Usage usage) implements Outcome {}
}
