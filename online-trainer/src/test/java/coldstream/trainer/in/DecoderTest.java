package coldstream.trainer.in;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Sample;
import coldstream.testkit.Examples;
import coldstream.wire.EventWriter;
import coldstream.wire.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private static final Sample SAMPLE =
            Examples.sample("test|1", Examples.ANN, Examples.FILM, List.of(Examples.BOOK), 2, Examples.NOON);

    private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ConsumerRecord<>("topic", 1, 7, "key".getBytes(UTF_8), value);
    }

    @Test
    void readsWhatEveryInputCarries() {
        var item = Examples.item(Examples.FILM, "a title", "drama");
        var vector = Examples.vector(Examples.FILM, 1, 2);
        var scores = Examples.scores("r1", Examples.ANN);
        var profile = Examples.profile(Examples.ANN, 3, 1, 2);

        assertThat(Decoder.decode(Input.ITEMS, record(EventWriter.write(item))))
                .isEqualTo(new Entry.Items(7, new ItemChange(Examples.FILM, Optional.of(item))));
        assertThat(Decoder.decode(Input.VECTORS, record(Json.write(vector)))).isEqualTo(new Entry.Vectors(7, vector));
        assertThat(Decoder.decode(Input.SCORES, record(Json.write(scores)))).isEqualTo(new Entry.Scores(7, scores));
        assertThat(Decoder.decode(Input.PROFILES, record(Json.write(profile))))
                .isEqualTo(new Entry.Profiles(7, profile));
        assertThat(Decoder.decode(Input.SAMPLES, record(Json.write(SAMPLE)))).isEqualTo(new Entry.Samples(7, SAMPLE));
    }

    @Test
    void aTombstoneRetiresAnItemAndMeansNothingForAVector() {
        assertThat(Decoder.decode(Input.ITEMS, record(null)))
                .isInstanceOfSatisfying(
                        Entry.Items.class,
                        items -> assertThat(items.change().item()).isEmpty());
        assertThat(Decoder.decode(Input.VECTORS, record(null))).isEqualTo(new Entry.Nothing(7));
    }

    @ParameterizedTest
    @CsvSource({"ITEMS, {}", "VECTORS, []", "SCORES, nonsense", "PROFILES, {}", "SAMPLES, {\"label\":1}"})
    void whatCannotBeReadBecomesADeadLetterWithTheReason(Input input, String value) {
        assertThat(Decoder.decode(input, record(value.getBytes(UTF_8))))
                .isInstanceOfSatisfying(Entry.Unreadable.class, entry -> {
                    assertThat(entry.offset()).isEqualTo(7);
                    assertThat(entry.letter().why()).hasMessageMatching("(?s).+");
                    assertThat(entry.letter().toRecord().topic()).isEqualTo("topic.dlq");
                    assertThat(entry.letter().toRecord().value()).isEqualTo(value.getBytes(UTF_8));
                });
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aVectorWithANumberThatIsNoneIsADeadLetter(float poison) {
        String good = new String(Json.write(Examples.vector(Examples.FILM, 1, 2)), UTF_8);
        byte[] numbers = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1)
                .putFloat(poison)
                .array();
        String bad = good.replaceAll(
                "(\"vector\":\")[^\"]*", "$1" + Base64.getEncoder().encodeToString(numbers));
        assertThat(Decoder.decode(Input.VECTORS, record(good.getBytes(UTF_8)))).isInstanceOf(Entry.Vectors.class);
        assertThat(Decoder.decode(Input.VECTORS, record(bad.getBytes(UTF_8))))
                .isInstanceOfSatisfying(Entry.Unreadable.class, entry -> assertThat(
                                entry.letter().why())
                        .hasMessageContaining("a text vector must be finite, got " + poison));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "\"NaN\"", "1e999", "-0.1", "1.5"})
    void aSoftScoreThatIsNoneIsADeadLetter(String poison) {
        String good = new String(Json.write(Examples.scores("r1", Examples.ANN)), UTF_8);
        String scored = good.replace("[]", "[{\"item\":\"film\",\"score\":0.5}]");
        String bad = scored.replace("0.5", poison);
        assertThat(Decoder.decode(Input.SCORES, record(scored.getBytes(UTF_8)))).isInstanceOf(Entry.Scores.class);
        assertThat(Decoder.decode(Input.SCORES, record(bad.getBytes(UTF_8)))).isInstanceOf(Entry.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource({"SCORES", "PROFILES", "SAMPLES"})
    void aRecordWithoutAValueIsUnreadableWhereOneIsNeeded(Input input) {
        assertThat(Decoder.decode(input, record(null))).isInstanceOf(Entry.Unreadable.class);
    }
}
