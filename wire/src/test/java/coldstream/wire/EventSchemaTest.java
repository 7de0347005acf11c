package coldstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published schemas and the readers agree. The validator is another implementation of the same rules: a rule changed on
 * one side only is caught here.
 */
class EventSchemaTest {

    private static final String INTERACTION = """
            {"event_id":"e1","source":"shop","type":"click","user_id":"ann","item_id":"film","value":1,"impression_id":"i1",\
            "timestamp":"2026-01-01T12:00:00Z","context":{"page":"home"}}""";

    private static final String ITEM = """
            {"item_id":"film","title":"A film","categories":["drama"],"brand":"studio","description":"long",\
            "attributes":{"keywords":"sad"}}""";

    private final JsonSchema interactions = schema("interaction");
    private final JsonSchema items = schema("item");
    private final InteractionReader reader = new InteractionReader(
            EventRules.DEFAULT, Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            "e1"                   ; "e1"                        ; true
            "event_id"             ; "other"                     ; false
            "e1"                   ; 1                           ; false
            "e1"                   ; ""                          ; false
            "e1"                   ; "  "                        ; false
            "source"               ; "other"                     ; true
            "shop"                 ; null                        ; true
            "shop"                 ; 7                           ; false
            "type"                 ; "other"                     ; false
            "click"                ; 7                           ; false
            "click"                ; "rating"                    ; true
            "user_id"              ; "other"                     ; false
            "ann"                  ; null                        ; false
            "ann"                  ; 5                           ; false
            "ann"                  ; {}                          ; false
            "item_id"              ; "other"                     ; false
            "film"                 ; false                       ; false
            :1                     ; :null                       ; true
            :1                     ; :"1"                        ; false
            :1                     ; :1.5                        ; true
            "i1"                   ; null                        ; true
            "i1"                   ; 9                           ; false
            "timestamp"            ; "other"                     ; false
            "2026-01-01T12:00:00Z" ; 1767268800000               ; true
            "2026-01-01T12:00:00Z" ; 1767268800                  ; false
            "2026-01-01T12:00:00Z" ; 1767268800000.5             ; false
            "2026-01-01T12:00:00Z" ; "2026-01-01"                ; false
            "2026-01-01T12:00:00Z" ; "2026-01-01T12:00:00"       ; false
            "2026-01-01T12:00:00Z" ; "2026-01-01T12:00:00+02:00" ; true
            "2026-01-01T12:00:00Z" ; "2026-01-01T12:00:00.123Z"  ; true
            "2026-01-01T12:00:00Z" ; "1767268800000"             ; false
            "2026-01-01T12:00:00Z" ; null                        ; false
            {"page":"home"}        ; {"page":{"deep":1}}         ; true
            {"page":"home"}        ; "home"                      ; false
            {"page":"home"}        ; null                        ; true
            "context"              ; "something_new"             ; true
            """)
    void schemaAndReaderAgreeOnInteractions(String from, String to, boolean good) {
        String text = INTERACTION.replace(from, to);

        assertThat(interactions.validate(text, InputFormat.JSON).isEmpty()).isEqualTo(good);
        assertThat(accepts(reader.read(new RecordHeaders(), text.getBytes(UTF_8))))
                .isEqualTo(good);
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            "film"             ; "film"        ; true
            "item_id"          ; "other"       ; false
            "film"             ; 5             ; false
            "film"             ; " "           ; false
            "title"            ; "other"       ; true
            "A film"           ; 5             ; false
            "A film"           ; null          ; true
            ["drama"]          ; []            ; true
            ["drama"]          ; ["drama",1]   ; false
            ["drama"]          ; [null]        ; false
            ["drama"]          ; "drama"       ; false
            ["drama"]          ; null          ; true
            "studio"           ; 5             ; false
            "studio"           ; null          ; true
            "long"             ; []            ; false
            {"keywords":"sad"} ; {"n":5}       ; true
            {"keywords":"sad"} ; "sad"         ; false
            {"keywords":"sad"} ; null          ; true
            """)
    void schemaAndReaderAgreeOnItems(String from, String to, boolean good) {
        String text = ITEM.replace(from, to);

        assertThat(items.validate(text, InputFormat.JSON).isEmpty()).isEqualTo(good);
        assertThat(accepts(ItemReader.read(new RecordHeaders(), text.getBytes(UTF_8))))
                .isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({"256, true", "257, false"})
    void schemaAndReaderAgreeOnTheLengthOfAnId(int length, boolean good) {
        String text = INTERACTION.replace("ann", "a".repeat(length));

        assertThat(interactions.validate(text, InputFormat.JSON).isEmpty()).isEqualTo(good);
        assertThat(accepts(reader.read(new RecordHeaders(), text.getBytes(UTF_8))))
                .isEqualTo(good);
    }

    private static boolean accepts(Reading<?> reading) {
        return reading instanceof Reading.Accepted<?>;
    }

    private static JsonSchema schema(String name) {
        String path = "/schemas/" + name + ".schema.json";
        try (InputStream in = Objects.requireNonNull(EventSchemaTest.class.getResourceAsStream(path))) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
