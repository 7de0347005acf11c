package coldstream.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What changed in the answers of a model since they were last taken, as of one moment: a copy as large as the change, but for
 * the dense weights, which are there whole. The model goes on learning while this is made into records.
 */
public final class ModelChanges {

    private final Map<String, Rows> tables = new LinkedHashMap<>();
    private final List<CatalogueEntry> entries = new ArrayList<>();
    private final int[] entryNumbers;
    private final int[] vectorNumbers;
    private final List<float[]> vectors = new ArrayList<>();
    private final TextSpace.@Nullable Saved text;
    private final @Nullable DenseParameters dense;
    private final State state;

    /** Rows of one table. */
    private static final class Rows {
        final int[] rows;
        final float[] values;
        final int width;

        /** Whose each row is; none where rows have no owners. */
        final List<String> owners = new ArrayList<>();

        Rows(int[] rows, RowTable table, @Nullable Index owners) {
            this.rows = rows;
            values = table.gather(rows);
            width = table.width();
            for (int row : rows) {
                if (owners != null) {
                    this.owners.add(owners.id(row));
                }
            }
        }
    }

    /** What is one for the whole model. */
    record State(Trust trust, long positives) {}

    ModelChanges(Model model, Trust trust, boolean denseMoved) {
        Features features = model.features;
        features.tables().forEach((name, table) -> {
            Index owners =
                    name.equals("users") ? features.userIds : name.equals("categories") ? features.categoryIds : null;
            tables.put(name, new Rows(table.takeTouched(), table, owners));
        });
        entryNumbers = features.catalogue().takeChanged();
        for (int number : entryNumbers) {
            entries.add(features.catalogue().get(number).copy());
        }
        vectorNumbers = features.catalogue().takeChangedVectors();
        for (int number : vectorNumbers) {
            vectors.add(features.catalogue().get(number).vector);
        }
        text = features.text().takeMoved() ? features.text().save() : null;
        dense = denseMoved ? model.served().copy() : null;
        state = new State(trust, features.positives);
    }

    /**
     * Notes everything again, as if it had not been taken: it belongs to the next changes of this model, or of one that takes
     * its place and has gone the same way up to some step.
     */
    void putBack(Model model) {
        Features features = model.features;
        features.tables().forEach((name, table) -> {
            Rows rows = tables.get(name);
            if (rows != null) {
                table.touchAgain(rows.rows);
            }
        });
        int size = features.catalogue().size();
        Arrays.stream(entryNumbers).filter(number -> number < size).forEach(features.catalogue()::changed);
        Arrays.stream(vectorNumbers).filter(number -> number < size).forEach(features.catalogue()::changedVector);
        if (text != null) {
            features.text().moveAgain();
        }
    }

    boolean hasDense() {
        return dense != null;
    }

    /** Refuses a weight that is no finite number: nobody may serve it. */
    public void requireFinite() {
        if (dense != null) {
            dense.requireFinite();
        }
        tables.forEach((name, rows) -> {
            for (float value : rows.values) {
                coldstream.domain.Check.check(
                        Float.isFinite(value), "every weight must be finite, got %s in %s", value, name);
            }
        });
    }

    /** Hands out every record, on any thread. */
    public void records(Consumer<DeltaRecord> to) {
        tables.forEach((name, rows) -> rows(name, rows, to));
        for (CatalogueEntry entry : entries) {
            to.accept(new DeltaRecord("catalogue", Integer.toString(entry.number()), entry(entry)));
        }
        for (int k = 0; k < vectorNumbers.length; k++) {
            float[] vector = vectors.get(k);
            to.accept(new DeltaRecord(
                    "vectors",
                    Integer.toString(vectorNumbers[k]),
                    DeltaBytes.write().floats(vector, 0, vector.length).done()));
        }
        if (text != null) {
            byte[] space = DeltaBytes.write()
                    .text(text.encoder)
                    .floats(text.mean, 0, text.mean.length)
                    .floats(text.startMap, 0, text.startMap.length)
                    .done();
            to.accept(new DeltaRecord("text", "space", space));
        }
        if (dense != null) {
            dense(dense, to);
        }
        to.accept(new DeltaRecord("state", "model", ModelFiles.bytes(state)));
    }

    private static void rows(String name, Rows rows, Consumer<DeltaRecord> to) {
        for (int k = 0; k < rows.rows.length; k++) {
            DeltaBytes content = DeltaBytes.write();
            if (!rows.owners.isEmpty()) {
                owner(content, rows.owners.get(k));
            }
            content = content.floats(rows.values, k * rows.width, (k + 1) * rows.width);
            to.accept(new DeltaRecord(name, Integer.toString(rows.rows[k]), content.done()));
        }
    }

    @CanIgnoreReturnValue
    private static DeltaBytes owner(DeltaBytes content, String owner) {
        return content.text(owner);
    }

    private static byte[] entry(CatalogueEntry entry) {
        return DeltaBytes.write()
                .text(entry.item().value())
                .text(entry.title())
                .texts(entry.categories())
                .number(entry.count())
                .number(entry.recentValue())
                .number(entry.recentAt())
                .flag(entry.listed())
                .flag(entry.retired())
                .number(entry.row)
                .ints(entry.categoryRows)
                .done();
    }

    private static void dense(DenseParameters dense, Consumer<DeltaRecord> to) {
        dense.specs().forEach(spec -> {
            float[] values = dense.values(spec);
            for (int from = 0; from < values.length; from += DeltaRecord.BLOCK) {
                int until = Math.min(values.length, from + DeltaRecord.BLOCK);
                to.accept(new DeltaRecord(
                        "dense",
                        from / DeltaRecord.BLOCK + "|" + spec.name(),
                        DeltaBytes.write().floats(values, from, until).done()));
            }
        });
    }
}
