package coldstream.registry.store;

import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.RegisteredModel.Alias;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of models, their tags and aliases. */
public final class ModelTable {

    /** A model as the database keeps it; times are milliseconds since 1970. */
    public record Row(String name, String description, long createdAt, long updatedAt) {}

    private ModelTable() {}

    public static void insert(Handle handle, Row row) {
        handle.execute(
                "INSERT INTO registered_model (name, description, kept_back, created_at, updated_at)"
                        + " VALUES (?, ?, 0, ?, ?)",
                row.name(),
                row.description(),
                row.createdAt(),
                row.updatedAt());
    }

    public static Optional<Row> find(Handle handle, String name) {
        return handle.select("SELECT * FROM registered_model WHERE name = ?", name)
                .map(ModelTable::row)
                .findOne();
    }

    public static List<Row> search(Handle handle, Search search) {
        return search.query(handle, "*").map(ModelTable::row).list();
    }

    public static void touch(Handle handle, String name, long now) {
        handle.execute("UPDATE registered_model SET updated_at = ? WHERE name = ?", now, name);
    }

    public static void setDescription(Handle handle, String name, String description) {
        handle.execute("UPDATE registered_model SET description = ? WHERE name = ?", description, name);
    }

    /** Versions kept back in a row since the champion last changed. */
    public static int keptBack(Handle handle, String name) {
        return handle.select("SELECT kept_back FROM registered_model WHERE name = ?", name)
                .mapTo(Integer.class)
                .one();
    }

    public static void setKeptBack(Handle handle, String name, int versions) {
        handle.execute("UPDATE registered_model SET kept_back = ? WHERE name = ?", versions, name);
    }

    public static void setTag(Handle handle, String model, Tag tag) {
        handle.execute("DELETE FROM model_tag WHERE model = ? AND tag_key = ?", model, tag.key());
        handle.execute(
                "INSERT INTO model_tag (model, tag_key, tag_value) VALUES (?, ?, ?)", model, tag.key(), tag.value());
    }

    public static void deleteTag(Handle handle, String model, String key) {
        handle.execute("DELETE FROM model_tag WHERE model = ? AND tag_key = ?", model, key);
    }

    public static List<Tag> tags(Handle handle, String model) {
        return handle.select("SELECT tag_key, tag_value FROM model_tag WHERE model = ? ORDER BY tag_key", model)
                .map((row, context) -> new Tag(row.getString(1), row.getString(2)))
                .list();
    }

    public static Optional<Integer> alias(Handle handle, String model, String alias) {
        return handle.select("SELECT version FROM model_alias WHERE model = ? AND alias = ?", model, alias)
                .mapTo(Integer.class)
                .findOne();
    }

    public static List<Alias> aliases(Handle handle, String model) {
        return handle.select("SELECT alias, version FROM model_alias WHERE model = ? ORDER BY alias", model)
                .map((row, context) -> new Alias(row.getString(1), Integer.toString(row.getInt(2))))
                .list();
    }

    public static void setAlias(Handle handle, String model, String alias, int version) {
        deleteAlias(handle, model, alias);
        handle.execute("INSERT INTO model_alias (model, alias, version) VALUES (?, ?, ?)", model, alias, version);
    }

    public static void deleteAlias(Handle handle, String model, String alias) {
        handle.execute("DELETE FROM model_alias WHERE model = ? AND alias = ?", model, alias);
    }

    /** The same model, with all it has, by another name that is free. */
    public static void rename(Handle handle, String name, String newName) {
        handle.execute(
                "INSERT INTO registered_model (name, description, kept_back, created_at, updated_at)"
                        + " SELECT ?, description, kept_back, created_at, updated_at FROM registered_model WHERE name = ?",
                newName,
                name);
        VersionTable.copyAll(handle, name, newName);
        for (String table : List.of(
                "model_tag",
                "version_tag",
                "model_alias",
                "version_lease",
                "upload",
                "deleted_version",
                "promotion",
                "evidence")) {
            handle.execute("UPDATE " + table + " SET model = ? WHERE model = ?", newName, name);
        }
        handle.execute("DELETE FROM model_version WHERE model = ?", name);
        handle.execute("DELETE FROM registered_model WHERE name = ?", name);
    }

    /** Removes a model without versions. */
    public static void delete(Handle handle, String name) {
        for (String table : List.of("model_tag", "upload", "promotion", "evidence")) {
            handle.execute("DELETE FROM " + table + " WHERE model = ?", name);
        }
        handle.execute("DELETE FROM registered_model WHERE name = ?", name);
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        return new Row(
                row.getString("name"),
                row.getString("description"),
                row.getLong("created_at"),
                row.getLong("updated_at"));
    }
}
