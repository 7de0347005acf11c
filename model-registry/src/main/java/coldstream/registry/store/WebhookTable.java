package coldstream.registry.store;

import coldstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of webhooks, and of what they are still owed. */
public final class WebhookTable {

    private static final String COLUMNS = "id, name, description, url, events, secret, status, created_at, updated_at";

    /** Whether a webhook is told anything. */
    public enum Status {
        ACTIVE,
        DISABLED
    }

    /**
     * A webhook as the database keeps it; times are milliseconds since 1970.
     *
     * @param secret signs what is sent, if there is one; sealed
     */
    public record Row(
            String id,
            String name,
            String description,
            String url,
            List<WebhookEvent> events,
            Optional<String> secret,
            Status status,
            long createdAt,
            long updatedAt) {

        public Row {
            events = List.copyOf(events);
        }
    }

    /**
     * A message that was not taken yet.
     *
     * @param deliveryId the same in every attempt
     * @param attempts made so far
     * @param createdAt milliseconds since 1970
     */
    public record Delivery(long id, String webhook, String deliveryId, String body, int attempts, long createdAt) {}

    private WebhookTable() {}

    /** Adds a webhook, or replaces the one of this id. */
    public static void put(Handle handle, Row row) {
        String events =
                String.join(",", row.events().stream().map(WebhookEvent::text).toList());
        String secret = row.secret().orElse("");
        boolean known = find(handle, row.id()).isPresent();
        handle.createUpdate(
                        known
                                ? "UPDATE webhook SET name = :name, description = :description, url = :url,"
                                        + " events = :events, secret = :secret, status = :status,"
                                        + " created_at = :created, updated_at = :updated WHERE id = :id"
                                : "INSERT INTO webhook (" + COLUMNS + ") VALUES (:id, :name, :description, :url,"
                                        + " :events, :secret, :status, :created, :updated)")
                .bind("id", row.id())
                .bind("name", row.name())
                .bind("description", row.description())
                .bind("url", row.url())
                .bind("events", events)
                .bind("secret", secret)
                .bind("status", row.status().name())
                .bind("created", row.createdAt())
                .bind("updated", row.updatedAt())
                .execute();
    }

    public static Optional<Row> find(Handle handle, String id) {
        return handle.select("SELECT " + COLUMNS + " FROM webhook WHERE id = ?", id)
                .map(WebhookTable::row)
                .findOne();
    }

    public static List<Row> list(Handle handle, int limit, int offset) {
        return handle.select(
                        "SELECT " + COLUMNS + " FROM webhook ORDER BY created_at, id LIMIT ? OFFSET ?", limit, offset)
                .map(WebhookTable::row)
                .list();
    }

    /** The secrets of all webhooks that have one, as they are stored, by id. */
    public static Map<String, String> secrets(Handle handle) {
        Map<String, String> secrets = new LinkedHashMap<>();
        handle.select("SELECT id, secret FROM webhook WHERE secret <> '' ORDER BY id")
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(entry -> secrets.put(entry.getKey(), entry.getValue()));
        return secrets;
    }

    public static void setSecret(Handle handle, String id, String secret) {
        handle.execute("UPDATE webhook SET secret = ? WHERE id = ?", secret, id);
    }

    /** Forgets it, and what it was owed. */
    public static boolean delete(Handle handle, String id) {
        return handle.execute("DELETE FROM webhook WHERE id = ?", id) > 0;
    }

    /** Writes down, in the transaction of the change, what every webhook is owed that wants to hear of it. */
    public static void owe(Handle handle, WebhookEvent event, Map<String, ?> data, Instant at) {
        List<String> webhooks = handle.select(
                        "SELECT id FROM webhook WHERE status = 'ACTIVE' AND ',' || events || ',' LIKE ? ORDER BY id",
                        "%," + event.text() + ",%")
                .mapTo(String.class)
                .list();
        for (String webhook : webhooks) {
            handle.execute(
                    "INSERT INTO webhook_delivery (webhook, delivery_id, body, attempts, created_at, next_at)"
                            + " VALUES (?, ?, ?, 0, ?, ?)",
                    webhook,
                    UUID.randomUUID().toString(),
                    body(event, data, at),
                    at.toEpochMilli(),
                    at.toEpochMilli());
        }
    }

    /** The JSON that is sent. */
    public static String body(WebhookEvent event, Map<String, ?> data, Instant at) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("entity", event.entity());
        body.put("action", event.action());
        body.put("timestamp", at);
        body.put("data", data);
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }

    /** The oldest message of every webhook, where it is due: they are sent in order. */
    public static List<Delivery> due(Handle handle, long now) {
        return handle.select(
                        "SELECT id, webhook, delivery_id, body, attempts, created_at FROM webhook_delivery WHERE id IN"
                                + " (SELECT min(id) FROM webhook_delivery GROUP BY webhook) AND next_at <= ? ORDER BY id",
                        now)
                .map((row, context) -> new Delivery(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getLong(6)))
                .list();
    }

    public static long owed(Handle handle) {
        return handle.select("SELECT count(*) FROM webhook_delivery")
                .mapTo(Long.class)
                .one();
    }

    public static void done(Handle handle, long id) {
        handle.execute("DELETE FROM webhook_delivery WHERE id = ?", id);
    }

    public static void later(Handle handle, long id, long nextAt) {
        handle.execute("UPDATE webhook_delivery SET attempts = attempts + 1, next_at = ? WHERE id = ?", nextAt, id);
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        String secret = row.getString("secret");
        return new Row(
                row.getString("id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("url"),
                Arrays.stream(row.getString("events").split(","))
                        .map(text -> WebhookEvent.of(
                                text.substring(0, text.indexOf('.')), text.substring(text.indexOf('.') + 1)))
                        .toList(),
                secret.isEmpty() ? Optional.empty() : Optional.of(secret),
                Status.valueOf(row.getString("status")),
                row.getLong("created_at"),
                row.getLong("updated_at"));
    }
}
