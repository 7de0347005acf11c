package coldstream.scorer.profile;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelWriter;
import coldstream.domain.LanguageModelWriter.Nothing;
import coldstream.domain.LanguageModelWriter.Written;
import coldstream.domain.ScoreRequest;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Profiles of texts that a language model writes, one call each; the text encoder makes a vector of them.
 *
 * <p>Whatever a title makes the model write, it moves the vector of the users who chose that item and nothing else.
 */
public final class WrittenProfiles implements ProfileMaker {

    static final String PROMPT = "profile-v1";

    private final LanguageModelWriter writer;
    private final TextEncoder encoder;
    private final InstantSource clock;
    private final String instruction = instruction();

    public WrittenProfiles(LanguageModelWriter writer, TextEncoder encoder, InstantSource clock) {
        this.writer = writer;
        this.encoder = encoder;
        this.clock = clock;
    }

    private static String instruction() {
        try (InputStream resource = WrittenProfiles.class.getResourceAsStream(PROMPT + ".txt")) {
            if (resource == null) {
                throw new IllegalStateException("no such prompt: " + PROMPT);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the prompt " + PROMPT, e);
        }
    }

    @Override
    public int calls() {
        return 1;
    }

    @Override
    public Outcome make(ScoreRequest request, List<Item> history) {
        LanguageModelWriter.Outcome outcome = writer.write(instruction, history);
        if (outcome instanceof Nothing nothing) {
            return new NotMade(nothing.passes(), nothing.fault().tag() + ": " + nothing.why(), nothing.usage());
        }
        Written written = (Written) outcome;
        return new Made(
                new TasteProfile(
                        request.user(),
                        written.text(),
                        encoder.encode(List.of(written.text())).get(0),
                        encoder.name(),
                        writer.model(),
                        PROMPT,
                        request.historyVersion(),
                        request.historyMaxTime(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                written.usage());
    }
}
