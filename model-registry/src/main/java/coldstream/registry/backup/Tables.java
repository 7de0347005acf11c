package coldstream.registry.backup;

import coldstream.registry.store.Refusal;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The rows of every table as lines of JSON: one form for every database, so that a backup of one can be restored into
 * another.
 */
final class Tables {

    /** Tables the database makes by itself. */
    private static final List<String> NOT_OURS = List.of("flyway_schema_history", "schema_version");

    private static final int BATCH = 500;

    private Tables() {}

    /** Our tables, each after those it refers to. */
    static List<String> inOrder(Handle handle) {
        List<String> names = handle.createQuery("SELECT lower(table_name) FROM information_schema.tables"
                        + " WHERE table_schema = current_schema AND table_type IN ('BASE TABLE', 'TABLE') ORDER BY 1")
                .mapTo(String.class)
                .list();
        Map<String, List<String>> references = new TreeMap<>();
        names.stream()
                .filter(name -> !NOT_OURS.contains(name))
                .forEach(name -> references.put(name, new ArrayList<>()));
        handle.createQuery("SELECT DISTINCT lower(child.table_name), lower(parent.table_name)"
                        + " FROM information_schema.referential_constraints r"
                        + " JOIN information_schema.table_constraints child"
                        + " ON child.constraint_schema = r.constraint_schema AND child.constraint_name = r.constraint_name"
                        + " JOIN information_schema.table_constraints parent"
                        + " ON parent.constraint_schema = r.unique_constraint_schema"
                        + " AND parent.constraint_name = r.unique_constraint_name"
                        + " WHERE r.constraint_schema = current_schema ORDER BY 1, 2")
                .map((row, context) -> List.of(row.getString(1), row.getString(2)))
                .forEach(pair ->
                        references.getOrDefault(pair.get(0), new ArrayList<>()).add(pair.get(1)));
        List<String> ordered = new ArrayList<>();
        while (ordered.size() < references.size()) {
            List<String> ready = references.entrySet().stream()
                    .filter(table -> !ordered.contains(table.getKey()))
                    .filter(table -> table.getValue().stream()
                            .allMatch(other -> other.equals(table.getKey()) || ordered.contains(other)))
                    .map(Map.Entry::getKey)
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("tables must not refer to each other in a circle, got " + references);
            }
            ordered.addAll(ready);
        }
        return ordered;
    }

    static void write(Handle handle, String table, OutputStream out) throws IOException {
        try (var rows = handle
                .createQuery("SELECT * FROM " + table)
                .setFetchSize(BATCH)
                .map((row, context) -> {
                    ObjectNode line = Json.mapper().createObjectNode();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        String column = row.getMetaData().getColumnLabel(i).toLowerCase(java.util.Locale.ROOT);
                        put(line, column, row.getObject(i));
                    }
                    return line;
                })
                .stream()) {
            for (ObjectNode line : (Iterable<ObjectNode>) rows::iterator) {
                out.write(Json.write(line));
                out.write('\n');
            }
        }
    }

    /** Adds rows to an empty table; a column the table has not is refused. */
    static long read(Handle handle, String table, InputStream in) throws IOException {
        long rows = 0;
        try (var lines = Json.mapper().readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            List<JsonNode> batch = new ArrayList<>();
            while (lines.hasNextValue()) {
                batch.add(lines.nextValue());
                rows++;
                if (batch.size() == BATCH || !lines.hasNextValue()) {
                    insert(handle, table, batch);
                    batch.clear();
                }
            }
        }
        return rows;
    }

    /** Numbers that the database gives out go on after the highest one. */
    static void continueIdentities(Handle handle, String table) {
        List<String> identities = handle.createQuery("SELECT lower(column_name) FROM information_schema.columns"
                        + " WHERE table_schema = current_schema AND lower(table_name) = :table AND is_identity = 'YES'")
                .bind("table", table)
                .mapTo(String.class)
                .list();
        for (String column : identities) {
            long next = handle.createQuery("SELECT coalesce(max(" + column + "), 0) + 1 FROM " + table)
                    .mapTo(Long.class)
                    .one();
            handle.execute("ALTER TABLE " + table + " ALTER COLUMN " + column + " RESTART WITH " + next);
        }
    }

    private static void insert(Handle handle, String table, List<JsonNode> rows) {
        List<String> columns = new ArrayList<>();
        rows.get(0).fieldNames().forEachRemaining(columns::add);
        for (String column : columns) {
            if (!column.matches("[a-z_]{1,60}")) {
                throw Refusal.INVALID_PARAMETER_VALUE.because("a column must have a plain name, got " + column);
            }
        }
        String names = String.join(", ", columns);
        String places = ":" + String.join(", :", columns);
        PreparedBatch batch = handle.prepareBatch("INSERT INTO " + table + " (" + names + ") VALUES (" + places + ")");
        for (JsonNode row : rows) {
            for (String column : columns) {
                batch.bind(column, value(row.path(column)));
            }
            batch.add();
        }
        batch.execute();
    }

    private static void put(ObjectNode line, String column, @org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            line.putNull(column);
        } else if (value instanceof Boolean truth) {
            line.put(column, truth);
        } else if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            line.put(column, new BigDecimal(value.toString()));
        } else if (value instanceof Number number) {
            line.put(column, number.longValue());
        } else if (value instanceof java.sql.Clob text) {
            line.put(column, text(text));
        } else if (value instanceof byte[] bytes) {
            throw new IllegalStateException("a backup holds no binary columns, got " + bytes.length + " bytes");
        } else {
            line.put(column, value.toString());
        }
    }

    private static String text(java.sql.Clob clob) {
        try (var reader = clob.getCharacterStream()) {
            var text = new java.io.StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (IOException | java.sql.SQLException e) {
            throw new IllegalStateException("a text must be readable", e);
        }
    }

    private static @org.jspecify.annotations.Nullable Object value(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        return node.isNumber() ? node.decimalValue() : node.asText();
    }
}
