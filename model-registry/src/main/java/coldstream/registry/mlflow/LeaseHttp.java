package coldstream.registry.mlflow;

import coldstream.registry.store.LeaseTable;
import coldstream.registry.store.Refusal;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.Views;
import coldstream.wire.RegistryPaths;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Map;

/** Where servers say which version they use, so that its files stay while they do. */
public final class LeaseHttp {

    private static final int MAX_SERVER = 200;
    private static final int MAX_SECONDS = 7 * 24 * 3600;
    private static final int SECONDS = 600;

    private final Store store;
    private final Clock clock;

    public LeaseHttp(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public void addTo(Javalin app) {
        String path = RegistryPaths.leases("MODEL").replace("MODEL", "{name}");
        app.get(path, this::list);
        app.post(path, this::take);
    }

    private void list(Context context) {
        String model = context.pathParam("name");
        MlflowHttp.send(context, Map.of("leases", store.read(handle -> {
            Views.requireModel(handle, model);
            return LeaseTable.of(handle, model, clock.millis());
        })));
    }

    /** Body: {@code version}, {@code server} and, if it is not ten minutes, {@code seconds}. */
    private void take(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        String model = context.pathParam("name");
        String version = request.required("version");
        String server = request.required("server");
        int seconds = request.number("seconds", SECONDS);
        if (server.length() > MAX_SERVER || seconds < 1 || seconds > MAX_SECONDS) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("a lease must name a server by at most " + MAX_SERVER
                    + " characters and last 1 to " + MAX_SECONDS + " seconds, got " + seconds);
        }
        long expiresAt = clock.millis() + 1_000L * seconds;
        store.change(handle -> {
            VersionRow row = Views.requireVersion(handle, model, version);
            LeaseTable.take(handle, row, server, expiresAt);
        });
        MlflowHttp.send(context, Map.of("expires_at", expiresAt));
    }
}
