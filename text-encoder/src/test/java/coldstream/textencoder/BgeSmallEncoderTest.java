package coldstream.textencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.TextVector;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two oracles that share no code with the encoder: people's judgement of which texts are closer, and the encoder that the
 * model's own library ships, which tokenizes, pools and scales by itself.
 */
class BgeSmallEncoderTest {

    private static final List<String> SHELF = List.of(
            "Toy Story (1995). Adventure, Animation, Children, Comedy, Fantasy",
            "Moisturizing hand cream with shea butter, 75 ml. Skin Care, Hands & Nails",
            "x",
            "Crème brûlée – 北京, \uD83D\uDE00 & <b>bold</b>",
            "Heat (1995). Action, Crime, Thriller. " + "A long tale of cops and robbers. ".repeat(6));

    private static BgeSmallEncoder encoder;

    @BeforeAll
    static void load() {
        encoder = new BgeSmallEncoder(2);
    }

    @AfterAll
    static void free() {
        encoder.close();
    }

    @ParameterizedTest(name = "{0} is closer to {1} than to {2}")
    @CsvSource(delimiter = '|', textBlock = """
            Toy Story. Animation, Children   | Finding Nemo. Animation, Children | The Godfather. Crime, Drama
            Goodfellas. Crime, Drama         | The Godfather. Crime, Drama       | Finding Nemo. Animation, Children
            Moisturizing hand cream          | Body lotion for dry skin          | Electric hair dryer 1800 W
            Lipstick, matte red              | Lip gloss, pink                   | Shampoo for men
            Eau de Parfum spray for women    | Perfume, floral scent             | Nail clipper, stainless steel
            """)
    void closerTextsHaveCloserVectors(String text, String near, String far) {
        List<TextVector> vectors = encoder.encode(List.of(text, near, far));

        assertThat(cosine(vectors.get(0), vectors.get(1))).isGreaterThan(cosine(vectors.get(0), vectors.get(2)));
    }

    @Test
    void agreesWithTheEncoderThatShipsWithTheModel() {
        var oracle = new BgeSmallEnV15QuantizedEmbeddingModel();
        List<TextVector> vectors = encoder.encode(SHELF);

        for (int i = 0; i < SHELF.size(); i++) {
            TextVector expected =
                    TextVector.of(oracle.embed(SHELF.get(i)).content().vector());
            assertThat(cosine(vectors.get(i), expected)).as(SHELF.get(i)).isGreaterThan(0.9999);
        }
    }

    @Test
    void theSameTextHasTheSameVectorWhateverIsEncodedBesideIt() {
        List<TextVector> together = encoder.encode(SHELF);
        List<String> reversed = new ArrayList<>(SHELF);
        Collections.reverse(reversed);
        List<TextVector> backwards = encoder.encode(reversed);

        for (int i = 0; i < SHELF.size(); i++) {
            assertThat(encoder.encode(List.of(SHELF.get(i)))).containsExactly(together.get(i));
            assertThat(backwards.get(SHELF.size() - 1 - i)).isEqualTo(together.get(i));
        }
    }

    @Test
    void everyVectorHasLengthOne() {
        assertThat(encoder.encode(SHELF)).allSatisfy(vector -> {
            assertThat(vector.dimension()).isEqualTo(encoder.dimension());
            assertThat(cosine(vector, vector)).isEqualTo(1, within(1e-6));
            assertThat(length(vector)).isEqualTo(1, within(1e-6));
        });
    }

    @Test
    void aBlankTextIsReadAsUnknown() {
        assertThat(encoder.encode(List.of("", " \n ", "unknown")))
                .containsOnly(encoder.encode(List.of("unknown")).get(0));
    }

    @Test
    void aVeryLongTextIsCutAndStillEncoded() {
        String endless = "word ".repeat(100_000);

        assertThat(encoder.encode(List.of(endless, endless + "more")))
                .doesNotContainNull()
                .hasSize(2);
    }

    @Test
    void noTextsHaveNoVectors() {
        assertThat(encoder.encode(List.of())).isEmpty();
    }

    @Test
    void aClosedEncoderSaysSo() {
        BgeSmallEncoder closed = new BgeSmallEncoder(1);
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.encode(List.of("a"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesToRunWithoutThreads() {
        assertThatThrownBy(() -> new BgeSmallEncoder(0)).hasMessage("encoder threads must be 1 to 64, got 0");
    }

    @Test
    void aTextHashIsTheHeadOfItsSha256() {
        assertThat(TextHash.of("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
    }

    private static double cosine(TextVector a, TextVector b) {
        double dot = 0;
        for (int i = 0; i < a.dimension(); i++) {
            dot += (double) a.at(i) * b.at(i);
        }
        return dot / (length(a) * length(b));
    }

    private static double length(TextVector vector) {
        double squares = 0;
        for (float value : vector.toArray()) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
