package coldstream.app.evaluate.prequential;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.SimulatedShop;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.TextEncoder;
import coldstream.domain.TextVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextVectorCacheTest {

    @TempDir
    private Path folder = Path.of("");

    private final List<Item> items = new SimulatedShop(100, 1).items().limit(20).toList();
    private final CountingEncoder encoder = new CountingEncoder("counting-v1");

    /** Turns a text into its length, and remembers what it was asked. */
    private static final class CountingEncoder implements TextEncoder {
        private final String name;
        private final List<String> asked = new ArrayList<>();

        CountingEncoder(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public List<TextVector> encode(List<String> texts) {
            asked.addAll(texts);
            return texts.stream().map(text -> TextVector.of(text.length(), 1)).toList();
        }

        @Override
        public void close() {}
    }

    @Test
    void everyTextIsEncodedOnceAndThenComesFromTheFile() {
        List<ItemVector> first = vectors(items, encoder);
        List<ItemVector> second = vectors(items, encoder);

        assertThat(second).isEqualTo(first);
        assertThat(encoder.asked)
                .hasSize((int) items.stream().map(Item::text).distinct().count());
        assertThat(first.get(3).item()).isEqualTo(items.get(3).item());
        assertThat(first.get(3).vector().at(0)).isEqualTo(items.get(3).text().length());
    }

    @Test
    void onlyNewTextsAreEncoded() {
        vectors(items.subList(0, 19), encoder);
        encoder.asked.clear();
        vectors(items, encoder);

        assertThat(encoder.asked).containsExactly(items.get(19).text());
    }

    @Test
    void anotherEncoderHasAFileOfItsOwn() {
        vectors(items, encoder);
        var other = new CountingEncoder("counting-v2");
        vectors(items, other);

        assertThat(other.asked).isNotEmpty();
    }

    @Test
    void aFileCutShortIsUsedAsFarAsItGoes() throws IOException {
        vectors(items, encoder);
        Path file = folder.resolve("text-vectors").resolve("counting-v1.bin");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3), StandardOpenOption.TRUNCATE_EXISTING);
        encoder.asked.clear();

        assertThat(vectors(items, encoder)).hasSize(20);
        assertThat(encoder.asked).hasSize(1);
    }

    private List<ItemVector> vectors(List<Item> wanted, TextEncoder by) {
        return new TextVectorCache(by, folder).vectors(wanted, left -> {});
    }
}
