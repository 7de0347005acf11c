package coldstream.app.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Safetensors read by the format's description alone: eight bytes little-endian length, so many bytes of JSON, then data at
 * offsets from there. Shares nothing with the writer.
 */
final class TensorReader {

    private final JsonNode header;
    private final byte[] file;
    private final int data;

    TensorReader(Path path) throws IOException {
        file = Files.readAllBytes(path);
        long length = 0;
        for (int k = 7; k >= 0; k--) {
            length = (length << 8) | (file[k] & 0xff);
        }
        data = 8 + (int) length;
        header = new ObjectMapper().readTree(new String(file, 8, (int) length, StandardCharsets.UTF_8));
    }

    String note(String key) {
        return header.path("__metadata__").path(key).asText();
    }

    String type(String name) {
        return header.path(name).path("dtype").asText();
    }

    List<Integer> shape(String name) {
        List<Integer> shape = new ArrayList<>();
        header.path(name).path("shape").forEach(n -> shape.add(n.asInt()));
        return shape;
    }

    /** Numbers of F32, I32 or I64. */
    double[] values(String name) {
        int from = header.path(name).path("data_offsets").path(0).asInt();
        int to = header.path(name).path("data_offsets").path(1).asInt();
        ByteBuffer bytes = ByteBuffer.wrap(file, data + from, to - from).order(ByteOrder.LITTLE_ENDIAN);
        int width = type(name).equals("I64") ? 8 : 4;
        double[] values = new double[(to - from) / width];
        for (int k = 0; k < values.length; k++) {
            values[k] = switch (type(name)) {
                case "F32" -> bytes.getFloat();
                case "I32" -> bytes.getInt();
                case "I64" -> bytes.getLong();
                default -> throw new IllegalArgumentException("unexpected type of " + name);
            };
        }
        return values;
    }

    /** Whether the tensors lie side by side from the header's end to the file's, as the format demands. */
    boolean withoutGaps() {
        List<int[]> parts = new ArrayList<>();
        header.properties().forEach(field -> {
            JsonNode place = field.getValue().path("data_offsets");
            if (place.size() == 2) {
                parts.add(new int[] {place.path(0).asInt(), place.path(1).asInt()});
            }
        });
        parts.sort(java.util.Comparator.comparingInt(part -> part[0]));
        int end = 0;
        for (int[] part : parts) {
            if (part[0] != end) {
                return false;
            }
            end = part[1];
        }
        return data + end == file.length;
    }
}
