package coldstream.trainer.learning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.model.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares and damages what learners write. */
final class Snapshots {

    private Snapshots() {}

    /** Writes a learner into a new folder. */
    static Path save(OnlineLearner learner, Path folder) {
        try {
            Files.createDirectories(folder);
            learner.save(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file's bytes by name. */
    static SortedMap<String, byte[]> files(Path folder) {
        var files = new TreeMap<String, byte[]>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** Holds where two folders have the same bytes in every file, or in those named. */
    static void assertEqual(Path one, Path other, String... names) {
        SortedMap<String, byte[]> expected = files(one);
        SortedMap<String, byte[]> found = files(other);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        List<String> compared = names.length == 0 ? List.copyOf(expected.keySet()) : List.of(names);
        assertThat(compared).isSubsetOf(expected.keySet()).allSatisfy(name -> assertThat(
                        Arrays.equals(found.get(name), expected.get(name)))
                .as("%s is the same in both", name)
                .isTrue());
    }

    /** Name of the first tensor of a saved file. */
    static String firstTensor(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int header =
                    (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
            return new String(bytes, 8, header, UTF_8).split("\"", -1)[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Overwrites one number of a tensor of a saved file. */
    static void poison(Path file, String tensor, int index, float value) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int header = (int) all.getLong(0);
            String json = new String(bytes, 8, header, UTF_8);
            int offsets = json.indexOf("\"data_offsets\":[", json.indexOf("\"" + tensor + "\":"));
            int from = offsets + "\"data_offsets\":[".length();
            int begin = Integer.parseInt(json.substring(from, json.indexOf(',', from)));
            all.putFloat(8 + header + begin + 4 * index, value);
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(Float.compare(Safetensors.read(file).floats(tensor)[index], value))
                .isZero();
    }
}
