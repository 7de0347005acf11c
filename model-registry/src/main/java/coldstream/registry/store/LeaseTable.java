package coldstream.registry.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The SQL of leases: which server says it uses which version, and until when. */
public final class LeaseTable {

    /** @param expiresAt milliseconds since 1970 */
    public record Lease(String version, String server, long expiresAt) {}

    private LeaseTable() {}

    /** A server uses one version of a model and lets go of the others by time. */
    public static void take(Handle handle, VersionRow row, String server, long expiresAt) {
        handle.execute(
                "DELETE FROM version_lease WHERE model = ? AND version = ? AND server = ?",
                row.model(),
                row.version(),
                server);
        handle.execute(
                "INSERT INTO version_lease (model, version, server, expires_at) VALUES (?, ?, ?, ?)",
                row.model(),
                row.version(),
                server,
                expiresAt);
    }

    /** Those that have not run out, by version and server. */
    public static List<Lease> of(Handle handle, String model, long now) {
        return handle.select(
                        "SELECT version, server, expires_at FROM version_lease WHERE model = ? AND expires_at > ?"
                                + " ORDER BY version, server",
                        model,
                        now)
                .map((row, context) -> new Lease(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    public static void dropExpired(Handle handle, long now) {
        handle.execute("DELETE FROM version_lease WHERE expires_at <= ?", now);
    }
}
