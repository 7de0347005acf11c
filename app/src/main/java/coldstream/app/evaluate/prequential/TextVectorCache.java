package coldstream.app.evaluate.prequential;

import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.TextEncoder;
import coldstream.domain.TextVector;
import coldstream.textencoder.TextHash;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * Text vectors of items, computed once per encoder and text and then kept in a file named after the encoder.
 *
 * <p>The file is a sequence of records: text hash (UTF), then the dimension's float32 numbers. It is replaced whole, so a
 * reader never sees half of one.
 */
final class TextVectorCache {

    private static final int BATCH = 256;

    private final TextEncoder encoder;
    private final Path file;

    TextVectorCache(TextEncoder encoder, Path cache) {
        this.encoder = encoder;
        this.file = cache.resolve("text-vectors").resolve(encoder.name() + ".bin");
    }

    /**
     * The vectors of the items, in their order.
     *
     * @param progress told how many texts remain to be encoded
     */
    List<ItemVector> vectors(List<Item> items, IntConsumer progress) {
        Map<String, TextVector> known = read();
        Map<String, String> missing = new LinkedHashMap<>();
        for (Item item : items) {
            String hash = TextHash.of(item.text());
            if (!known.containsKey(hash)) {
                missing.put(hash, item.text());
            }
        }
        if (!missing.isEmpty()) {
            encode(missing, known, progress);
            write(known);
        }
        return items.stream()
                .map(item -> {
                    String hash = TextHash.of(item.text());
                    TextVector vector = Objects.requireNonNull(known.get(hash));
                    return new ItemVector(item.item(), encoder.name(), hash, vector);
                })
                .toList();
    }

    private void encode(Map<String, String> missing, Map<String, TextVector> known, IntConsumer progress) {
        List<String> hashes = new ArrayList<>(missing.keySet());
        List<String> texts = new ArrayList<>(missing.values());
        for (int from = 0; from < texts.size(); from += BATCH) {
            progress.accept(texts.size() - from);
            int to = Math.min(texts.size(), from + BATCH);
            List<TextVector> encoded = encoder.encode(texts.subList(from, to));
            for (int index = from; index < to; index++) {
                known.put(hashes.get(index), encoded.get(index - from));
            }
        }
        progress.accept(0);
    }

    private Map<String, TextVector> read() {
        Map<String, TextVector> known = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return known;
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            while (true) {
                String hash = in.readUTF();
                float[] values = new float[encoder.dimension()];
                for (int place = 0; place < values.length; place++) {
                    values[place] = in.readFloat();
                }
                known.put(hash, TextVector.of(values));
            }
        } catch (EOFException e) {
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void write(Map<String, TextVector> known) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), ".vectors-", ".bin");
            try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16))) {
                for (Map.Entry<String, TextVector> entry : known.entrySet()) {
                    out.writeUTF(entry.getKey());
                    for (float value : entry.getValue().toArray()) {
                        out.writeFloat(value);
                    }
                }
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
