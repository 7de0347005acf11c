package coldstream.trainer.in;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Sample;
import coldstream.testkit.Examples;
import coldstream.wire.EventWriter;
import coldstream.wire.Json;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

        assertThat(Decoder.decode(Input.ITEMS, record(EventWriter.write(item))))
                .isEqualTo(new Entry.Items(7, new ItemChange(Examples.FILM, Optional.of(item))));
        assertThat(Decoder.decode(Input.VECTORS, record(Json.write(vector)))).isEqualTo(new Entry.Vectors(7, vector));
        assertThat(Decoder.decode(Input.SCORES, record(Json.write(scores)))).isEqualTo(new Entry.Scores(7, scores));
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
    @CsvSource({"ITEMS, {}", "VECTORS, []", "SCORES, nonsense", "SAMPLES, {\"label\":1}"})
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
    @CsvSource({"SCORES", "SAMPLES"})
    void aRecordWithoutAValueIsUnreadableWhereOneIsNeeded(Input input) {
        assertThat(Decoder.decode(input, record(null))).isInstanceOf(Entry.Unreadable.class);
    }
}
