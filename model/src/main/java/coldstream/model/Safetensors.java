package coldstream.model;

import static coldstream.domain.Check.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors in one file: length of the header (u64), header (JSON), raw data, all little-endian (the safetensors format
 * of Hugging Face). Reads what it writes: F32, F64, I32, I64 and U8.
 */
public final class Safetensors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_HEADER = 100_000_000;
    private static final int BLOCK = 1 << 16;

    private final Map<String, Tensor> tensors;
    private final Map<String, String> metadata;

    private Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
        this.tensors = tensors;
        this.metadata = metadata;
    }

    private record Tensor(String type, List<Integer> shape, ByteBuffer data) {}

    /** Reads a whole file; a truncated or foreign one is refused. */
    public static Safetensors read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            check(channel.size() >= 8, "a safetensors file has at least 8 bytes, %s has %d", file, channel.size());
            ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
            long length = all.getLong();
            check(
                    length > 0 && length <= Math.min(MAX_HEADER, all.remaining()),
                    "the header of %s must lie within the file, its length is %d",
                    file,
                    length);
            byte[] header = new byte[(int) length];
            all.get(header);
            return parse(file, JSON.readTree(header), all.slice().order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Safetensors parse(Path file, JsonNode header, ByteBuffer data) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        header.properties().forEach(field -> {
            JsonNode node = field.getValue();
            if (field.getKey().equals("__metadata__")) {
                node.properties()
                        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
            } else {
                List<Integer> shape = new ArrayList<>();
                node.path("shape").forEach(n -> shape.add(n.asInt()));
                long from = node.path("data_offsets").path(0).asLong(-1);
                long to = node.path("data_offsets").path(1).asLong(-1);
                check(
                        from >= 0 && from <= to && to <= data.limit(),
                        "%s of %s must lie within the file, it is at %d to %d of %d bytes",
                        field.getKey(),
                        file,
                        from,
                        to,
                        data.limit());
                ByteBuffer bytes = data.slice((int) from, (int) (to - from)).order(ByteOrder.LITTLE_ENDIAN);
                tensors.put(field.getKey(), new Tensor(node.path("dtype").asText(), shape, bytes));
            }
        });
        return new Safetensors(tensors, metadata);
    }

    /** Free text by key. */
    public Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    public float[] floats(String name) {
        ByteBuffer data = data(name, "F32");
        float[] values = new float[data.remaining() / 4];
        data.asFloatBuffer().get(values);
        return values;
    }

    /** As {@link #floats(String)}, of this shape or refused. */
    public float[] floats(String name, List<Integer> shape) {
        Tensor tensor = tensors.get(name);
        check(
                tensor != null && tensor.shape.equals(shape),
                "tensor %s must have shape %s, got %s",
                name,
                shape,
                tensor == null ? "none" : tensor.shape);
        return floats(name);
    }

    public int[] ints(String name) {
        ByteBuffer data = data(name, "I32");
        int[] values = new int[data.remaining() / 4];
        data.asIntBuffer().get(values);
        return values;
    }

    public long[] longs(String name) {
        ByteBuffer data = data(name, "I64");
        long[] values = new long[data.remaining() / 8];
        data.asLongBuffer().get(values);
        return values;
    }

    public double[] doubles(String name) {
        ByteBuffer data = data(name, "F64");
        double[] values = new double[data.remaining() / 8];
        data.asDoubleBuffer().get(values);
        return values;
    }

    /** Texts written by {@link Builder#addTexts}. */
    public List<String> texts(String name) {
        ByteBuffer bytes = data(name, "U8");
        long[] ends = longs(name + ".ends");
        List<String> texts = new ArrayList<>(ends.length);
        int from = 0;
        for (long end : ends) {
            byte[] text = new byte[(int) end - from];
            bytes.get(text);
            texts.add(new String(text, StandardCharsets.UTF_8));
            from = (int) end;
        }
        return texts;
    }

    private ByteBuffer data(String name, String type) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("tensors are " + tensors.keySet() + ", there is no " + name);
        }
        check(tensor.type.equals(type), "tensor %s must be %s, got %s", name, type, tensor.type);
        return tensor.data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Collects tensors, then writes them in the order added. Keeps references: what is added must not change. */
    public static final class Builder {

        private final ObjectNode header = JSON.createObjectNode();
        private final List<Part> parts = new ArrayList<>();
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private long bytes;

        private interface Part {
            void write(OutputStream out) throws IOException;
        }

        @com.google.errorprone.annotations.CanIgnoreReturnValue
        public Builder metadata(String key, String value) {
            metadata.put(key, value);
            return this;
        }

        public void add(String name, List<Integer> shape, float[] values) {
            declare(name, "F32", shape, values.length, 4);
            parts.add(out -> blocks(out, values.length, 4, (block, k) -> block.putFloat(values[k])));
        }

        public void add(String name, List<Integer> shape, int[] values) {
            declare(name, "I32", shape, values.length, 4);
            parts.add(out -> blocks(out, values.length, 4, (block, k) -> block.putInt(values[k])));
        }

        public void add(String name, List<Integer> shape, long[] values) {
            declare(name, "I64", shape, values.length, 8);
            parts.add(out -> blocks(out, values.length, 8, (block, k) -> block.putLong(values[k])));
        }

        public void add(String name, List<Integer> shape, double[] values) {
            declare(name, "F64", shape, values.length, 8);
            parts.add(out -> blocks(out, values.length, 8, (block, k) -> block.putDouble(values[k])));
        }

        /** Rows that lie in arrays of their own: shape (rows, width). */
        public void addRows(String name, int width, List<float[]> rows) {
            declare(name, "F32", List.of(rows.size(), width), (long) rows.size() * width, 4);
            parts.add(out -> {
                for (float[] row : rows) {
                    blocks(out, width, 4, (block, k) -> block.putFloat(row[k]));
                }
            });
        }

        /** Texts as UTF-8 bytes, with where each ends in {@code <name>.ends}. */
        public void addTexts(String name, List<String> texts) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            long[] ends = new long[texts.size()];
            for (int k = 0; k < ends.length; k++) {
                all.writeBytes(texts.get(k).getBytes(StandardCharsets.UTF_8));
                ends[k] = all.size();
            }
            byte[] joined = all.toByteArray();
            declare(name, "U8", List.of(joined.length), joined.length, 1);
            parts.add(out -> out.write(joined));
            add(name + ".ends", List.of(ends.length), ends);
        }

        private void declare(String name, String type, List<Integer> shape, long values, int size) {
            long product = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
            check(
                    product == values,
                    "tensor %s of shape %s must have %d numbers, got %d",
                    name,
                    shape,
                    product,
                    values);
            check(!header.has(name), "tensor %s must be added once", name);
            ObjectNode node = header.putObject(name);
            node.put("dtype", type);
            shape.forEach(node.withArray("shape")::add);
            node.withArray("data_offsets").add(bytes).add(bytes + values * size);
            bytes += values * size;
        }

        public void write(Path file) {
            try (OutputStream out = Files.newOutputStream(file)) {
                ObjectNode whole = JSON.createObjectNode();
                if (!metadata.isEmpty()) {
                    ObjectNode node = whole.putObject("__metadata__");
                    metadata.forEach(node::put);
                }
                whole.setAll(header);
                byte[] json = JSON.writeValueAsBytes(whole);
                int padding = (8 - json.length % 8) % 8;
                out.write(ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length + padding)
                        .array());
                out.write(json);
                out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
                for (Part part : parts) {
                    part.write(out);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
        }

        private interface Put {
            void put(ByteBuffer block, int index);
        }

        private static void blocks(OutputStream out, int length, int size, Put put) throws IOException {
            ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, (long) length * size))
                    .order(ByteOrder.LITTLE_ENDIAN);
            int perBlock = Math.max(1, block.capacity() / size);
            for (int from = 0; from < length; from += perBlock) {
                int to = Math.min(length, from + perBlock);
                block.clear();
                for (int k = from; k < to; k++) {
                    put.put(block, k);
                }
                out.write(block.array(), 0, block.position());
            }
        }
    }
}
