package coldstream.scorer.enrich;

import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.domain.LanguageModelWriter;
import coldstream.domain.LanguageModelWriter.Nothing;
import coldstream.domain.LanguageModelWriter.Written;
import coldstream.textencoder.TextHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Asks a language model what an item is, one call each. */
public final class Enricher {

    /** The prompt, in one version: a resource file of this package that never changes once it was released. */
    public static final String PROMPT = "enrich-v1";

    private final LanguageModelWriter writer;
    private final InstantSource clock;
    private final String instruction = instruction();

    public Enricher(LanguageModelWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    private static String instruction() {
        try (InputStream resource = Enricher.class.getResourceAsStream(PROMPT + ".txt")) {
            if (resource == null) {
                throw new IllegalStateException("no such prompt: " + PROMPT);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the prompt " + PROMPT, e);
        }
    }

    /** What came of a question. */
    public sealed interface Outcome {

        Usage usage();
    }

    /**
     * An answer, to be kept: the words, or none where it could not be used.
     *
     * @param reply how it was read
     */
    public record Answered(ItemEnrichment enrichment, EnrichmentReply reply, Usage usage) implements Outcome {}

    /**
     * No answer.
     *
     * @param why for people
     */
    public record NotAnswered(Fault fault, String why, Usage usage) implements Outcome {}

    /** Names the model that is asked. */
    public String model() {
        return writer.model();
    }

    /** @param own the item as its producer announced it, with a text that is not blank */
    public Outcome ask(Item own) {
        LanguageModelWriter.Outcome outcome = writer.write(instruction, List.of(own));
        if (outcome instanceof Nothing nothing && nothing.fault() != Fault.UNREADABLE) {
            return new NotAnswered(nothing.fault(), nothing.why(), nothing.usage());
        }
        String text = outcome instanceof Written written ? written.text() : "";
        EnrichmentReply reply = EnrichmentReply.read(text, own);
        return new Answered(
                new ItemEnrichment(
                        own.item(),
                        TextHash.of(own.text()),
                        reply.paraphrase(),
                        reply.tags(),
                        reply.category(),
                        writer.model(),
                        PROMPT,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                reply,
                outcome.usage());
    }
}
