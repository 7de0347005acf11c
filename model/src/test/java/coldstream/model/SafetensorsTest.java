package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

    private final Path folder;

    SafetensorsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatWasWrittenIsRead() {
        Safetensors.Builder builder = new Safetensors.Builder().metadata("encoder", "a \"model\"");
        float[] many = new float[100_000];
        Draws.of(1).normal(many, 0, many.length, 1);
        builder.add("many", List.of(1000, 100), many);
        builder.add("ints", List.of(2), new int[] {Integer.MIN_VALUE, 7});
        builder.add("longs", List.of(1, 1), new long[] {Long.MAX_VALUE});
        builder.add("doubles", List.of(2), new double[] {Math.PI, -0.0});
        builder.add("nothing", List.of(0, 32), new float[0]);
        builder.addRows("rows", 2, List.of(new float[] {1, 2}, new float[] {3, 4}));
        builder.addTexts("texts", List.of("", "käse", "a\nb"));
        Path file = folder.resolve("all.safetensors");
        builder.write(file);

        Safetensors read = Safetensors.read(file);
        assertThat(read.metadata()).containsEntry("encoder", "a \"model\"");
        assertThat(read.floats("many", List.of(1000, 100))).isEqualTo(many);
        assertThat(read.ints("ints")).containsExactly(Integer.MIN_VALUE, 7);
        assertThat(read.longs("longs")).containsExactly(Long.MAX_VALUE);
        assertThat(read.doubles("doubles")).containsExactly(Math.PI, -0.0);
        assertThat(read.floats("nothing")).isEmpty();
        assertThat(read.floats("rows")).containsExactly(1, 2, 3, 4);
        assertThat(read.texts("texts")).containsExactly("", "käse", "a\nb");
        assertThatThrownBy(() -> read.floats("many", List.of(100, 1000)))
                .hasMessage("tensor many must have shape [100, 1000], got [1000, 100]");
        assertThatThrownBy(() -> read.ints("many")).hasMessage("tensor many must be I32, got F32");
    }

    /** The bytes other readers of the format expect. */
    @Test
    void theFormatIsStable() throws IOException {
        Safetensors.Builder builder = new Safetensors.Builder();
        builder.add("wide", List.of(1, 2), new float[] {1, -2});
        Path file = folder.resolve("w.safetensors");
        builder.write(file);
        String header = "{\"wide\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}     ";
        ByteBuffer expected = ByteBuffer.allocate(8 + header.length() + 8).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(header.length());
        expected.put(header.getBytes(StandardCharsets.US_ASCII));
        expected.putFloat(1).putFloat(-2);
        assertThat(header.length() % 8).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(expected.array());
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        Safetensors.Builder builder = new Safetensors.Builder();
        builder.add("w", List.of(4), new float[4]);
        Path file = folder.resolve("w.safetensors");
        builder.write(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 7, 20, whole.length - 1}) {
            Path cut = folder.resolve("cut" + length);
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aTensorOfTheWrongSizeIsRefused() {
        assertThatThrownBy(() -> new Safetensors.Builder().add("w", List.of(3), new float[4]))
                .hasMessage("tensor w of shape [3] must have 3 numbers, got 4");
    }
}
