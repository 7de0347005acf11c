package coldstream.registry.promotion;

import coldstream.domain.Evidence;
import coldstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of where promotions stand, and of the newest evidence of each comparison. */
final class PromotionTable {

    /** Comparisons of a model that are remembered. */
    private static final int REMEMBERED = 50;

    private PromotionTable() {}

    static PromotionState state(Handle handle, String model) {
        return handle.select("SELECT state FROM promotion WHERE model = ?", model)
                .mapTo(String.class)
                .findOne()
                .map(json -> read(json, PromotionState.class))
                .orElse(PromotionState.NONE);
    }

    static void save(Handle handle, String model, PromotionState state) {
        String json = write(state);
        if (handle.execute("UPDATE promotion SET state = ? WHERE model = ?", json, model) == 0) {
            handle.execute("INSERT INTO promotion (model, state) VALUES (?, ?)", model, json);
        }
    }

    /** Models whose promotion stands somewhere. */
    static List<String> models(Handle handle) {
        return handle.select("SELECT model FROM promotion ORDER BY model")
                .mapTo(String.class)
                .list();
    }

    /**
     * The newest evidence of a comparison.
     *
     * @param begins how often what was measured began anew: the window moved on, or the trainer began again
     */
    record Found(Evidence evidence, int begins) {}

    /** Keeps evidence in place of what the same comparison found before. */
    static void keep(Handle handle, Evidence evidence) {
        int begins = found(handle, evidence.model(), evidence.arm(), evidence.baseline())
                .map(before -> before.begins() + (continues(before.evidence(), evidence) ? 0 : 1))
                .orElse(0);
        handle.execute(
                "DELETE FROM evidence WHERE model = ? AND arm = ? AND baseline = ?",
                evidence.model(),
                evidence.arm(),
                evidence.baseline());
        handle.execute(
                "INSERT INTO evidence (model, arm, baseline, evidence, begins) VALUES (?, ?, ?, ?, ?)",
                evidence.model(),
                evidence.arm(),
                evidence.baseline(),
                write(evidence),
                begins);
        handle.execute(
                "DELETE FROM evidence WHERE model = ? AND id NOT IN"
                        + " (SELECT id FROM (SELECT id FROM evidence WHERE model = ? ORDER BY id DESC LIMIT ?) newest)",
                evidence.model(),
                evidence.model(),
                REMEMBERED);
    }

    /** Whether evidence holds all that was measured before, and more. */
    private static boolean continues(Evidence before, Evidence now) {
        return before.fromOffsets().equals(now.fromOffsets()) && before.steps() <= now.steps();
    }

    static Optional<Found> found(Handle handle, String model, String arm, String baseline) {
        return handle.select(
                        "SELECT evidence, begins FROM evidence WHERE model = ? AND arm = ? AND baseline = ?",
                        model,
                        arm,
                        baseline)
                .map((row, context) -> new Found(read(row.getString(1), Evidence.class), row.getInt(2)))
                .findOne();
    }

    private static String write(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static <T> T read(String json, Class<T> type) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
    }
}
