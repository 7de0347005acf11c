package coldstream.registry.store;

import coldstream.domain.SnapshotManifest;
import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.SnapshotFolder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of versions and their tags. */
public final class VersionTable {

    /** Everything but the manifest, which is large. */
    public static final String COLUMNS =
            "model, version, snapshot_id, source, run_id, run_link, description, stage, size_bytes,"
                    + " stored, created_at, updated_at";

    private VersionTable() {}

    /** @param manifest JSON of the snapshot's manifest, as it was uploaded */
    public static void insert(Handle handle, VersionRow row, String manifest) {
        handle.execute(
                "INSERT INTO model_version (model, version, snapshot_id, source, run_id, run_link, description, stage,"
                        + " manifest, size_bytes, stored, created_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.model(),
                row.version(),
                row.snapshotId(),
                row.source(),
                row.runId(),
                row.runLink(),
                row.description(),
                row.stage(),
                manifest,
                row.sizeBytes(),
                row.stored(),
                row.createdAt(),
                row.updatedAt());
    }

    public static Optional<VersionRow> find(Handle handle, String model, int version) {
        return handle.select(
                        "SELECT " + COLUMNS + " FROM model_version WHERE model = ? AND version = ?", model, version)
                .map(VersionTable::row)
                .findOne();
    }

    public static Optional<VersionRow> findSnapshot(Handle handle, String model, String snapshotId) {
        return handle.select(
                        "SELECT " + COLUMNS + " FROM model_version WHERE model = ? AND snapshot_id = ?",
                        model,
                        snapshotId)
                .map(VersionTable::row)
                .findOne();
    }

    /** The newest version of each stage in use, newest first. */
    public static List<VersionRow> latest(Handle handle, String model) {
        return handle.select(
                        "SELECT " + COLUMNS + " FROM model_version WHERE model = ? AND version IN"
                                + " (SELECT max(version) FROM model_version WHERE model = ? GROUP BY stage)"
                                + " ORDER BY version DESC",
                        model,
                        model)
                .map(VersionTable::row)
                .list();
    }

    public static List<VersionRow> inStage(Handle handle, String model, String stage) {
        return handle.select(
                        "SELECT " + COLUMNS + " FROM model_version WHERE model = ? AND stage = ? ORDER BY version",
                        model,
                        stage)
                .map(VersionTable::row)
                .list();
    }

    /** The versions whose files are kept, newest first. */
    public static List<VersionRow> stored(Handle handle, String model) {
        return handle.select(
                        "SELECT " + COLUMNS + " FROM model_version WHERE model = ? AND stored ORDER BY version DESC",
                        model)
                .map(VersionTable::row)
                .list();
    }

    public static SnapshotManifest manifest(Handle handle, VersionRow row) {
        String json = handle.select(
                        "SELECT manifest FROM model_version WHERE model = ? AND version = ?",
                        row.model(),
                        row.version())
                .mapTo(String.class)
                .one();
        return SnapshotFolder.manifest(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Every version of every model, as a search condition says. */
    public static List<VersionRow> search(Handle handle, Search search) {
        return search.query(handle, COLUMNS).map(VersionTable::row).list();
    }

    /** Bytes of all snapshots whose files are kept, each counted once. */
    public static long storedBytes(Handle handle) {
        return handle.select("SELECT coalesce(sum(size_bytes), 0) FROM"
                        + " (SELECT DISTINCT snapshot_id, size_bytes FROM model_version WHERE stored) kept")
                .mapTo(Long.class)
                .one();
    }

    /** The highest number ever given to a version, 0 if there was none. */
    public static int newest(Handle handle, String model) {
        return handle.select(
                        "SELECT coalesce(max(version), 0) FROM (SELECT version FROM model_version WHERE model = ?"
                                + " UNION ALL SELECT version FROM deleted_version WHERE model = ?) given",
                        model,
                        model)
                .mapTo(Integer.class)
                .one();
    }

    public static void setStored(Handle handle, VersionRow row, boolean stored) {
        handle.execute(
                "UPDATE model_version SET stored = ? WHERE model = ? AND version = ?",
                stored,
                row.model(),
                row.version());
    }

    public static void setStage(Handle handle, String model, int version, String stage, long now) {
        handle.execute(
                "UPDATE model_version SET stage = ?, updated_at = ? WHERE model = ? AND version = ?",
                stage,
                now,
                model,
                version);
    }

    public static void setTag(Handle handle, String model, int version, Tag tag) {
        handle.execute(
                "DELETE FROM version_tag WHERE model = ? AND version = ? AND tag_key = ?", model, version, tag.key());
        handle.execute(
                "INSERT INTO version_tag (model, version, tag_key, tag_value) VALUES (?, ?, ?, ?)",
                model,
                version,
                tag.key(),
                tag.value());
    }

    public static void deleteTag(Handle handle, String model, int version, String key) {
        handle.execute("DELETE FROM version_tag WHERE model = ? AND version = ? AND tag_key = ?", model, version, key);
    }

    public static void setDescription(Handle handle, String model, int version, String description, long now) {
        handle.execute(
                "UPDATE model_version SET description = ?, updated_at = ? WHERE model = ? AND version = ?",
                description,
                now,
                model,
                version);
    }

    public static List<Integer> numbers(Handle handle, String model) {
        return handle.select("SELECT version FROM model_version WHERE model = ? ORDER BY version", model)
                .mapTo(Integer.class)
                .list();
    }

    /** Removes a version with its tags and aliases; its number stays taken. */
    public static void delete(Handle handle, VersionRow row, long now) {
        handle.execute(
                "INSERT INTO deleted_version (model, version, snapshot_id, deleted_at) VALUES (?, ?, ?, ?)",
                row.model(),
                row.version(),
                row.snapshotId(),
                now);
        for (String table : List.of("version_tag", "model_alias", "version_lease", "model_version")) {
            handle.execute("DELETE FROM " + table + " WHERE model = ? AND version = ?", row.model(), row.version());
        }
        handle.execute("DELETE FROM upload WHERE model = ? AND snapshot_id = ?", row.model(), row.snapshotId());
    }

    /** Whether there was such a version once. */
    public static boolean wasDeleted(Handle handle, String model, int version) {
        return handle.select("SELECT 1 FROM deleted_version WHERE model = ? AND version = ?", model, version)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** The versions of a model once more, for another one. */
    static void copyAll(Handle handle, String model, String copy) {
        String rest =
                "version, snapshot_id, source, run_id, run_link, description, stage, manifest, size_bytes, stored,"
                        + " created_at, updated_at";
        handle.execute(
                "INSERT INTO model_version (model, " + rest + ") SELECT ?, " + rest
                        + " FROM model_version WHERE model = ?",
                copy,
                model);
    }

    public static List<Tag> tags(Handle handle, String model, int version) {
        return handle.select(
                        "SELECT tag_key, tag_value FROM version_tag WHERE model = ? AND version = ? ORDER BY tag_key",
                        model,
                        version)
                .map((row, context) -> new Tag(row.getString(1), row.getString(2)))
                .list();
    }

    /** The tags of all versions of a model, by version. */
    static Map<Integer, List<Tag>> tags(Handle handle, String model) {
        Map<Integer, List<Tag>> tags = new HashMap<>();
        handle.select("SELECT version, tag_key, tag_value FROM version_tag WHERE model = ? ORDER BY tag_key", model)
                .map((row, context) -> Map.entry(row.getInt(1), new Tag(row.getString(2), row.getString(3))))
                .forEach(tag -> tags.computeIfAbsent(tag.getKey(), version -> new ArrayList<>())
                        .add(tag.getValue()));
        return tags;
    }

    /** Notes which snapshot an upload is, before its files move. */
    public static void noteUpload(Handle handle, String model, String source, String snapshotId, long now) {
        handle.execute("DELETE FROM upload WHERE model = ? AND source = ?", model, source);
        handle.execute(
                "INSERT INTO upload (model, source, snapshot_id, taken_at) VALUES (?, ?, ?, ?)",
                model,
                source,
                snapshotId,
                now);
    }

    public static Optional<String> uploaded(Handle handle, String model, String source) {
        return handle.select("SELECT snapshot_id FROM upload WHERE model = ? AND source = ?", model, source)
                .mapTo(String.class)
                .findOne();
    }

    private static VersionRow row(ResultSet row, StatementContext context) throws SQLException {
        return new VersionRow(
                row.getString("model"),
                row.getInt("version"),
                row.getString("snapshot_id"),
                row.getString("source"),
                row.getString("run_id"),
                row.getString("run_link"),
                row.getString("description"),
                row.getString("stage"),
                row.getLong("size_bytes"),
                row.getBoolean("stored"),
                row.getLong("created_at"),
                row.getLong("updated_at"));
    }
}
