package coldstream.scorer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.scorer.Items;
import coldstream.scorer.model.OpenAiEndpoint.Format;
import coldstream.service.Secret;
import coldstream.testkit.chat.ChatReplies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class KeysAndPayloadsTest {

    @Test
    void aKeyInAFileIsReadForEveryCall(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), " one-key\n");
        try (Asking asking = new Asking()) {
            var endpoint = new OpenAiEndpoint(
                    asking.endpoint.url(),
                    new ApiKey(Optional.empty(), Optional.of(file)),
                    "a-model",
                    Asking.PATIENCE,
                    Format.JSON_SCHEMA);
            var scorer = new ListScorer(new OpenAiChat(endpoint, asking.metrics), asking.metrics);

            assertThat(scorer.score(Items.catalogue(1), Items.catalogue(3))).isInstanceOf(Scored.class);
            Files.writeString(file, "another-key");
            scorer.score(Items.catalogue(1), Items.catalogue(3));

            assertThat(asking.endpoint.calls())
                    .extracting(call -> call.authorization())
                    .containsExactly("Bearer one-key", "Bearer another-key");
        }
    }

    @Test
    void anEndpointWithoutAKeyIsSentNone() {
        try (Asking asking = new Asking()) {
            var endpoint = new OpenAiEndpoint(
                    asking.endpoint.url(), ApiKey.NONE, "a-model", Asking.PATIENCE, Format.JSON_SCHEMA);

            new ListScorer(new OpenAiChat(endpoint, asking.metrics), asking.metrics)
                    .score(Items.catalogue(1), Items.catalogue(3));

            assertThat(asking.endpoint.calls().get(0).authorization()).isEmpty();
        }
    }

    @Test
    void aKeyFileThatCannotServeIsFoundAtOnce(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path two = Files.writeString(folder.resolve("two"), "one\ntwo");

        for (Path file : List.of(empty, two, folder.resolve("absent"))) {
            assertThatThrownBy(() -> new ApiKey(Optional.empty(), Optional.of(file)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("key file");
        }
        assertThatThrownBy(() -> new ApiKey(Optional.of(new Secret("k")), Optional.of(two)))
                .hasMessage("a key must come from a setting or a file, got both");
    }

    @Test
    void aKeyThatCannotBeSentIsRefusedWithoutSayingIt() {
        assertThat(ApiKey.of(" a-key\n")).isEqualTo(ApiKey.of("a-key"));
        assertThatThrownBy(() -> ApiKey.of("two\nwords"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key must be one word of printable characters");
        assertThatThrownBy(() -> new OpenAiEndpoint(
                        URI.create("http://user:pass-word@host/v1"),
                        ApiKey.NONE,
                        "m",
                        Duration.ofSeconds(1),
                        Format.TEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pass-word");
    }

    @Test
    void theKeyIsNeverPrinted() {
        var endpoint = new OpenAiEndpoint(
                URI.create("http://host/v1"), ApiKey.of("a-secret"), "m", Duration.ofSeconds(1), Format.TEXT);

        assertThat(endpoint.toString() + endpoint.apiKey()).doesNotContain("a-secret");
    }

    @Test
    void payloadsAreLoggedAtDebugOnlyAndWithoutTheKey() {
        Logger log = (Logger) LoggerFactory.getLogger(Payloads.class);
        Level before = log.getLevel();
        var seen = new ListAppender<ILoggingEvent>();
        seen.start();
        log.addAppender(seen);
        try (Asking asking = new Asking()) {
            asking.endpoint.always(ChatReplies.failing(400)); // repeats the key
            log.setLevel(Level.INFO);
            asking.list().score(Items.catalogue(1), Items.catalogue(3));
            assertThat(seen.list).isEmpty();

            log.setLevel(Level.DEBUG);
            asking.list().score(Items.catalogue(1), Items.catalogue(3));
            assertThat(seen.list).hasSize(3).allSatisfy(event -> assertThat(
                            event.getFormattedMessage() + event.getKeyValuePairs())
                    .doesNotContain(Asking.KEY));
        } finally {
            log.setLevel(before);
            log.detachAppender(seen);
        }
    }

    @Test
    void refusesAnEndpointThatCannotWork() {
        assertThatThrownBy(() -> new OpenAiEndpoint(
                        URI.create("http://host/v1"), ApiKey.NONE, "m", Duration.ofSeconds(26), Format.TEXT))
                .hasMessage("scorer.openai.timeout must be 100ms to 25s, got PT26S");
        assertThatThrownBy(() -> new OpenAiEndpoint(
                        URI.create("ftp://host/v1"), ApiKey.NONE, "m", Duration.ofSeconds(1), Format.TEXT))
                .hasMessage("scorer.openai.base-url must be http or https, got ftp://host/v1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            my key is a-secret, keep it          | my key is (hidden), keep it
            Authorization: Bearer abc.def        | Authorization: (hidden)
            write to jane.doe@example.org        | write to (hidden)
            sk-proj-abcdefgh12345                | (hidden)
            call +49 30 1234 5678 now            | call (hidden) now
            c1 0.125 in 2026                     | c1 0.125 in 2026
            """)
    void secretsAreHiddenInWhatIsLogged(String text, String logged) {
        Payloads payloads = new Payloads(() -> Optional.of(new Secret("a-secret")));

        assertThat(payloads.redacted(text)).isEqualTo(logged);
        assertThat(payloads.redacted("a\nb\u001bc")).isEqualTo("a b c");
        assertThat(payloads.redacted("x".repeat(100_000))).hasSize(8_000);
    }
}
