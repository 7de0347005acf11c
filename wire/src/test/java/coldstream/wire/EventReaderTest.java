package coldstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.wire.Refusal.Reason;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static final String CLICK = """
            {"event_id":"e1","type":"click","user_id":"ann","item_id":"film","timestamp":"2026-01-01T12:00:00Z"}""";

    private static final String DATA = """
            {"type":"click","user_id":"ann","item_id":"film"}""";

    private final InteractionReader reader =
            new InteractionReader(EventRules.DEFAULT, Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void bareJsonIsReadWhole() {
        String full = """
                {"event_id":"e1","source":"shop","type":"rating","user_id":"ann","item_id":"film","value":4.5,
                 "impression_id":"i1","timestamp":"2026-01-01T12:00:00.1239+01:00",
                 "context":{"page":"home","depth":3,"nested":{"a":1},"none":null},"something":"new"}""";

        assertThat(read(full))
                .isEqualTo(new Interaction(
                        "e1",
                        "shop",
                        "rating",
                        new UserId("ann"),
                        new ItemId("film"),
                        OptionalDouble.of(4.5),
                        Optional.of("i1"),
                        Instant.parse("2026-01-01T11:00:00.123Z"),
                        Map.of("page", "home", "depth", "3", "nested", "{\"a\":1}")));
    }

    @Test
    void aBareEventWithoutASourceComesFromTheDefaultOne() {
        assertThat(read(CLICK).source()).isEqualTo("default");
    }

    @Test
    void aNumberAsTimestampIsMillisecondsSince1970() {
        assertThat(read(CLICK.replace("\"2026-01-01T12:00:00Z\"", "1767268800000"))
                        .timestamp())
                .isEqualTo(NOON);
    }

    @Test
    void aCloudEventInBinaryModeIsKnownByItsOwnIdAndSource() {
        Headers headers = binary().add("content-type", "application/json".getBytes(UTF_8));

        Interaction event = accepted(reader.read(headers, DATA.getBytes(UTF_8)));

        assertThat(event)
                .returns("ce-1", Interaction::eventId)
                .returns("/shop", Interaction::source)
                .returns(NOON.minusSeconds(60), Interaction::timestamp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+json", "Application/CloudEvents+JSON; charset=UTF-8"})
    void aCloudEventInStructuredModeIsReadFromItsEnvelope(String contentType) {
        String envelope = """
                {"specversion":"1.0","id":"ce-1","source":"/shop","type":"click","time":"2026-01-01T11:59:00Z",
                 "datacontenttype":"application/json","data":%s}""".formatted(DATA);
        Headers headers = new RecordHeaders().add("content-type", contentType.getBytes(UTF_8));

        assertThat(accepted(reader.read(headers, envelope.getBytes(UTF_8))))
                .isEqualTo(accepted(reader.read(binary(), DATA.getBytes(UTF_8))));
    }

    @Test
    void theTimeAndTypeOfTheDataGoBeforeThoseOfTheEnvelope() {
        String data = """
                {"type":"cart","user_id":"ann","item_id":"film","timestamp":"2026-01-01T10:00:00Z"}""";

        assertThat(accepted(reader.read(binary(), data.getBytes(UTF_8))))
                .returns("cart", Interaction::type)
                .returns(Instant.parse("2026-01-01T10:00:00Z"), Interaction::timestamp);
    }

    @Test
    void theTypeOfTheEnvelopeStandsInForThatOfTheData() {
        String data = "{\"user_id\":\"ann\",\"item_id\":\"film\"}";

        assertThat(accepted(reader.read(binary(), data.getBytes(UTF_8))).type()).isEqualTo("click");
    }

    @Test
    void aCloudEventThatBreaksTheRulesIsRefused() {
        Headers headers = new RecordHeaders().add("ce_specversion", "1.0".getBytes(UTF_8));

        assertThat(refused(reader.read(headers, DATA.getBytes(UTF_8))).reason()).isEqualTo(Reason.BAD_ENVELOPE);
        headers.remove("ce_specversion").add("ce_specversion", "9".getBytes(UTF_8));
        assertThat(refused(reader.read(headers, DATA.getBytes(UTF_8))).reason()).isEqualTo(Reason.BAD_ENVELOPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{}", "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"}"})
    void whatIsNoStructuredCloudEventIsRefused(String text) {
        Headers headers = new RecordHeaders().add("content-type", "application/cloudevents+json".getBytes(UTF_8));

        assertThat(refused(reader.read(headers, text.getBytes(UTF_8))).reason()).isEqualTo(Reason.BAD_ENVELOPE);
    }

    @ParameterizedTest(name = "{0} -> {1}: {3}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            "ann"                  ; 5          ; WRONG_TYPE    ; user_id must be a string, got number 5
            "ann"                  ; null       ; WRONG_TYPE    ; user_id must not be null
            "ann"                  ; ["ann"]    ; WRONG_TYPE    ; user_id must be a string, got an array
            "ann"                  ; " "        ; BAD_VALUE     ; user_id must not be blank
            "item_id"              ; "thing"    ; MISSING_FIELD ; item_id is missing
            "event_id"             ; "id"       ; MISSING_FIELD ; event_id is missing
            "timestamp"            ; "when"     ; MISSING_FIELD ; timestamp is missing
            "type"                 ; "kind"     ; MISSING_FIELD ; type is missing
            "click"                ; "glance"   ; UNKNOWN_TYPE  ; type must be one of [cart, click, impression, purchase, rating], got glance
            "click"                ; "rating"   ; MISSING_FIELD ; a rating must have a value
            "2026-01-01T12:00:00Z" ; true       ; WRONG_TYPE    ; timestamp must be an RFC 3339 string or a whole number of milliseconds since 1970, got boolean true
            "2026-01-01T12:00:00Z" ; 1.5        ; WRONG_TYPE    ; timestamp must be an RFC 3339 string or a whole number of milliseconds since 1970, got number 1.5
            "2026-01-01T12:00:00Z" ; "today"    ; BAD_VALUE     ; timestamp must be an RFC 3339 time with seconds and an offset, such as 2026-01-01T12:00:00Z, got today
            "2026-01-01T12:00:00Z" ; 1767268800 ; TOO_OLD       ; timestamp must not be before 1990-01-01T00:00:00Z, got 1970-01-21T10:54:28.800Z (a number means milliseconds, not seconds)
            "2026-01-01T12:00:00Z" ; "2026-01-01T13:00:01Z" ; IN_THE_FUTURE ; timestamp must not be more than PT1H ahead, got 2026-01-01T13:00:01Z
            """)
    void whatIsWrongIsNamedWithItsValue(String from, String to, Reason reason, String message) {
        assertThat(refused(
                        reader.read(new RecordHeaders(), CLICK.replace(from, to).getBytes(UTF_8))))
                .isEqualTo(new Refusal(reason, message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "5", "null", "\"text\"", "{} {}", "{\"a\":1,\"a\":2}", "\u0000\u0001"})
    void whatIsNoJsonObjectIsUnparsable(String text) {
        assertThat(refused(reader.read(new RecordHeaders(), text.getBytes(UTF_8)))
                        .reason())
                .isEqualTo(Reason.UNPARSABLE);
    }

    @Test
    void anInteractionWithoutAValueIsUnparsable() {
        assertThat(refused(reader.read(new RecordHeaders(), null)).reason()).isEqualTo(Reason.UNPARSABLE);
    }

    @Test
    void anEventAnHourAheadIsStillBelievedAndNotAMillisecondMore() {
        assertThat(read(CLICK.replace("12:00:00Z", "13:00:00Z")).timestamp()).isEqualTo(NOON.plusSeconds(3600));
        assertThat(refused(reader.read(
                                new RecordHeaders(),
                                CLICK.replace("12:00:00Z", "13:00:00.001Z").getBytes(UTF_8)))
                        .reason())
                .isEqualTo(Reason.IN_THE_FUTURE);
    }

    @Test
    void anEventOfExactlyTheLimitIsReadAndOneByteMoreIsNot() {
        String largest = CLICK + " ".repeat(EventSize.MAX_BYTES - CLICK.length());

        assertThat(read(largest).eventId()).isEqualTo("e1");
        assertThat(refused(reader.read(new RecordHeaders(), (largest + " ").getBytes(UTF_8))))
                .isEqualTo(new Refusal(Reason.TOO_LARGE, "an event must have at most 1048576 bytes, got 1048577"));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Interaction interaction = read("""
                {"event_id":"e1","source":"shop","type":"rating","user_id":"ann","item_id":"film","value":4.5,
                 "impression_id":"i1","timestamp":"2026-01-01T12:00:00.123Z","context":{"page":"home"}}""");
        Item item = new Item(
                new ItemId("film"),
                "A film",
                List.of("drama", "war"),
                Optional.of("studio"),
                Optional.of("long"),
                Map.of("keywords", "sad"));

        assertThat(read(new String(EventWriter.write(interaction), UTF_8))).isEqualTo(interaction);
        assertThat(accepted(ItemReader.read(new RecordHeaders(), EventWriter.write(item))))
                .isEqualTo(item);
    }

    @Test
    void anItemNeedsNothingButItsId() {
        assertThat(accepted(ItemReader.read(new RecordHeaders(), "{\"item_id\":\"film\"}".getBytes(UTF_8))))
                .isEqualTo(Item.unknown(new ItemId("film")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{\"title\":\"A film\"}                   ; MISSING_FIELD ; item_id is missing",
                "{\"item_id\":7}                          ; WRONG_TYPE    ; item_id must be a string, got number 7",
                "{\"item_id\":\"a\",\"categories\":\"b\"} ; WRONG_TYPE    ; categories must be an array of strings, got string b",
                "{\"item_id\":\"a\",\"categories\":[1]}   ; WRONG_TYPE    ; categories must be an array of strings, got number 1",
                "{\"item_id\":\"a\",\"attributes\":[]}    ; WRONG_TYPE    ; attributes must be an object, got an array"
            })
    void aBadItemIsNamedWithItsValue(String text, Reason reason, String message) {
        assertThat(refused(ItemReader.read(new RecordHeaders(), text.getBytes(UTF_8))))
                .isEqualTo(new Refusal(reason, message));
    }

    private static Headers binary() {
        return new RecordHeaders()
                .add("ce_specversion", "1.0".getBytes(UTF_8))
                .add("ce_id", "ce-1".getBytes(UTF_8))
                .add("ce_source", "/shop".getBytes(UTF_8))
                .add("ce_type", "click".getBytes(UTF_8))
                .add("ce_time", "2026-01-01T11:59:00Z".getBytes(UTF_8));
    }

    private Interaction read(String text) {
        return accepted(reader.read(new RecordHeaders(), text.getBytes(UTF_8)));
    }

    private static <T> T accepted(Reading<T> reading) {
        return reading.match(value -> value, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    private static <T> Refusal refused(Reading<T> reading) {
        return reading.match(
                value -> {
                    throw new AssertionError("accepted " + value);
                },
                refusal -> refusal);
    }
}
