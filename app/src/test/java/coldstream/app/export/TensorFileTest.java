package coldstream.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.UserState;
import coldstream.model.Ranker;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {

    /** Factors of a row, and with the linear weight. */
    private static final int D = 6;

    private static final int W = D + 1;

    private final Path snapshot;
    private final Path out;

    TensorFileTest(@TempDir Path folder) {
        snapshot = folder.resolve("snapshot");
        out = folder.resolve("out");
    }

    @BeforeEach
    void export() throws Exception {
        SnapshotOnDisk.write(snapshot, new SmallModel("deepfm", false, 8, 1, 0.2, 0));
        Files.createDirectories(out);
        Format.SAFETENSORS.write(Exported.read(snapshot, java.util.Optional.empty()), out);
    }

    @Test
    void everyTensorHasItsPlace() throws Exception {
        TensorReader file = new TensorReader(out.resolve("model.safetensors"));

        assertThat(file.withoutGaps()).isTrue();
        assertThat(file.note("backbone")).isEqualTo("deepfm");
        assertThat(file.shape("users")).containsExactly(SmallModel.USERS, W);
        assertThat(file.shape("items")).containsExactly(SmallModel.ITEMS, W);
        assertThat(file.shape("items.text")).containsExactly(SmallModel.ITEMS, 8);
        assertThat(file.shape("items.categories")).containsExactly(SmallModel.ITEMS, 5);
        assertThat(file.type("items.categories")).isEqualTo("I32");
        assertThat(file.shape("dense.deep1.weight")).containsExactly(128, 7 * D);
    }

    @Test
    void idsSayWhoseEachRowIs() throws Exception {
        JsonNode ids = Json.read(Files.readAllBytes(out.resolve("ids.json")), JsonNode.class);

        assertThat(ids.path("items").path(3).asText())
                .isEqualTo(SmallModel.item(3).value());
        assertThat(ids.path("titles").path(3).asText()).isEqualTo("Title 3");
        assertThat(ids.path("recommendable").path(7).asBoolean()).isFalse();
        assertThat(ids.path("users").path(2).asText())
                .isEqualTo(SmallModel.user(2).value());
    }

    /** The whole model from the files alone: DeepFM with a straight residual, in doubles, for one user without a history. */
    @Test
    void theFilesAreEnoughToScore() throws Exception {
        TensorReader file = new TensorReader(out.resolve("model.safetensors"));
        JsonNode meaning = Json.read(Files.readAllBytes(out.resolve("model.json")), JsonNode.class);
        int user = 4;
        int item = 6;
        double[][] fields = new double[7][];
        fields[0] = row(file.values("users"), user);
        fields[1] = new double[W];
        fields[2] = new double[W];
        fields[3] = row(file.values("user_counts"), 0);
        fields[4] = row(file.values("items"), item);
        fields[5] = meanCategory(file, item);
        fields[6] = row(file.values("item_counts"), (int) file.values("items.count_bucket")[item]);

        double expected = meaning.path("trust").path("offset").asDouble() + deepFm(file, fields);

        try (Ranker ranker = Ranker.load(snapshot)) {
            assertThat((double) ranker.score(UserState.EMPTY, SmallModel.user(user), List.of(SmallModel.item(item)))[0])
                    .isEqualTo(expected, within(1e-5));
        }
        assertThat(meaning.path("fields").path(6).asText()).isEqualTo("item_count");
        assertThat(meaning.path("trust").path("cells").path(0).size()).isEqualTo(15);
    }

    private static double[] meanCategory(TensorReader file, int item) {
        double[] mean = new double[W];
        int[] rows = Arrays.stream(file.values("items.categories"), item * 5, item * 5 + 5)
                .mapToInt(row -> (int) row)
                .filter(row -> row >= 0)
                .toArray();
        for (int row : rows) {
            double[] category = row(file.values("categories"), row);
            for (int k = 0; k < W; k++) {
                mean[k] += category[k] / rows.length;
            }
        }
        return mean;
    }

    private static double deepFm(TensorReader file, double[][] fields) {
        double sum = 0;
        double[] flat = new double[7 * D];
        for (int f = 0; f < 7; f++) {
            sum += fields[f][D];
            System.arraycopy(fields[f], 0, flat, f * D, D);
            for (int g = 0; g < f; g++) {
                for (int k = 0; k < D; k++) {
                    sum += fields[f][k] * fields[g][k];
                }
            }
        }
        return sum + affine(file, "out", relu(affine(file, "deep2", relu(affine(file, "deep1", flat)))))[0];
    }

    private static double[] affine(TensorReader file, String name, double[] x) {
        double[] weight = file.values("dense." + name + ".weight");
        double[] y = file.values("dense." + name + ".bias");
        for (int out = 0; out < y.length; out++) {
            for (int in = 0; in < x.length; in++) {
                y[out] += weight[out * x.length + in] * x[in];
            }
        }
        return y;
    }

    private static double[] relu(double[] x) {
        return Arrays.stream(x).map(value -> Math.max(0, value)).toArray();
    }

    private static double[] row(double[] table, int row) {
        return Arrays.copyOfRange(table, row * W, (row + 1) * W);
    }
}
