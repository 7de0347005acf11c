package coldstream.model;

import static coldstream.domain.Check.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Names and forms of a snapshot's files as far as the model owns them. */
final class ModelFiles {

    static final int FORMAT_VERSION = 3;

    static final String SHAPE = "model.json";
    static final String DENSE = "dense.safetensors";
    static final String ROWS = "rows.safetensors";
    static final String OPTIMIZER = "optimizer.safetensors";
    static final String VECTORS = "vectors.safetensors";
    static final String CATALOGUE = "catalogue.jsonl";
    static final String TRUST = "trust.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private ModelFiles() {}

    /** What must agree for parameters to mean the same. */
    record Shape(
            int formatVersion,
            long seed,
            String backbone,
            int dimension,
            int history,
            boolean teacherField,
            double recentPositives,
            boolean textStart,
            double textScale,
            double spread) {

        static Shape of(ModelConfig config) {
            return new Shape(
                    FORMAT_VERSION,
                    config.seed(),
                    config.backbone(),
                    config.dimension(),
                    config.history(),
                    config.teacherField(),
                    config.recentPositives(),
                    config.textStart(),
                    config.textScale(),
                    config.spread());
        }

        /** A config to predict with. */
        ModelConfig config() {
            return new ModelConfig(
                    seed,
                    backbone,
                    dimension,
                    history,
                    teacherField,
                    recentPositives,
                    textStart,
                    textScale,
                    spread,
                    new RowAdagrad(1, 1),
                    1,
                    1,
                    Compute.DEFAULT);
        }
    }

    /** A line of the catalogue; lines are in order of first sight. */
    record Line(
            String item,
            String title,
            List<String> categories,
            long count,
            double recent,
            long recentAt,
            boolean listed,
            boolean retired) {}

    static Shape readShape(Path folder) {
        Shape shape = read(folder.resolve(SHAPE), Shape.class);
        check(
                shape.formatVersion == FORMAT_VERSION,
                "the model format must be %d, %s has %d",
                FORMAT_VERSION,
                folder,
                shape.formatVersion);
        return shape;
    }

    static <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(file.toFile(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static <T> T read(byte[] json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + type.getSimpleName(), e);
        }
    }

    static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    static void write(Path file, Object value) {
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), value);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static void writeCatalogue(Path file, List<Line> lines) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Line line : lines) {
                out.write(JSON.writeValueAsString(line));
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static List<Line> readCatalogue(Path file) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            return in.lines().map(ModelFiles::line).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Line line(String json) {
        try {
            return JSON.readValue(json, Line.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the catalogue has a line that is none", e);
        }
    }
}
