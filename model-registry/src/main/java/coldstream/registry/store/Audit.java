package coldstream.registry.store;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The SQL of the audit, to which rows are only added, and of what Kafka and webhooks are owed. */
public final class Audit {

    /** An event with its place in the audit. */
    public record Entry(long id, RegistryEvent event) {}

    private static final Set<Kind> ALIAS_POINTS = Set.of(Kind.ALIAS_SET, Kind.PROMOTED, Kind.ROLLED_BACK);

    private Audit() {}

    public static void append(Handle handle, RegistryEvent event) {
        long id = handle.createUpdate("INSERT INTO registry_event (model, event) VALUES (:model, :event)")
                .bind("model", event.model())
                .bind("event", new String(Json.write(event), StandardCharsets.UTF_8))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        handle.execute("INSERT INTO outbox (event_id) VALUES (?)", id);
        oweWebhooks(handle, event);
    }

    private static void oweWebhooks(Handle handle, RegistryEvent event) {
        String alias = event.alias().orElse("");
        if (event.kind() == Kind.VERSION_CREATED) {
            VersionTable.find(handle, event.model(), Integer.parseInt(event.version()))
                    .ifPresent(row -> WebhookTable.owe(
                            handle, WebhookEvent.MODEL_VERSION_CREATED, created(handle, row), event.at()));
        } else if (ALIAS_POINTS.contains(event.kind()) && !alias.isEmpty()) {
            Map<String, String> data = Map.of("name", event.model(), "alias", alias, "version", event.version());
            WebhookTable.owe(handle, WebhookEvent.MODEL_VERSION_ALIAS_CREATED, data, event.at());
        } else if (event.kind() == Kind.ALIAS_DELETED) {
            Map<String, String> data = Map.of("name", event.model(), "alias", alias);
            WebhookTable.owe(handle, WebhookEvent.MODEL_VERSION_ALIAS_DELETED, data, event.at());
        }
    }

    private static Map<String, Object> created(Handle handle, VersionRow row) {
        return Map.of(
                "name", row.model(),
                "version", Integer.toString(row.version()),
                "source", row.source(),
                "run_id", row.runId(),
                "tags", Views.map(VersionTable.tags(handle, row.model(), row.version())),
                "description", row.description());
    }

    /** The newest events of a model, oldest first. */
    public static List<RegistryEvent> of(Handle handle, String model, int limit) {
        return handle.select(
                        "SELECT event FROM (SELECT id, event FROM registry_event WHERE model = ? ORDER BY id DESC LIMIT ?)"
                                + " newest ORDER BY id",
                        model,
                        limit)
                .map((row, context) -> event(row.getString(1)))
                .list();
    }

    /** The oldest events that Kafka has not acknowledged. */
    public static List<Entry> unsent(Handle handle, int limit) {
        return handle.select(
                        "SELECT e.id, e.event FROM registry_event e JOIN outbox o ON o.event_id = e.id"
                                + " ORDER BY e.id LIMIT ?",
                        limit)
                .map((row, context) -> new Entry(row.getLong(1), event(row.getString(2))))
                .list();
    }

    public static long unsent(Handle handle) {
        return handle.select("SELECT count(*) FROM outbox").mapTo(Long.class).one();
    }

    public static void sent(Handle handle, long id) {
        handle.execute("DELETE FROM outbox WHERE event_id = ?", id);
    }

    private static RegistryEvent event(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), RegistryEvent.class);
    }
}
