package coldstream.registry.promotion;

import coldstream.domain.Evidence;
import coldstream.domain.SnapshotManifest;
import coldstream.registry.store.Refusal;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.VersionTable;
import coldstream.registry.store.Views;
import coldstream.service.RequestBody;
import coldstream.wire.Json;
import coldstream.wire.RegistryPaths;
import coldstream.wire.VersionDetail;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.jdbi.v3.core.Handle;

/** The paths of promotion, below {@code /v1/models/<name>}. Whatever changes something answers with where it stands now. */
public final class PromotionHttp {

    private static final String MODEL = RegistryPaths.model("MODEL").replace("MODEL", "{name}");
    private static final int ANCESTORS = 100;
    private static final int MAX_BODY = 4 << 20;

    private final Promotion promotion;
    private final Store store;
    private final Function<Context, String> who;
    private final Runnable changed;

    private record EvidenceBody(List<Evidence> evidence) {}

    private record PromoteBody(String version, Optional<Double> canaryShare, Optional<String> why) {}

    private record RollbackBody(Optional<String> version, Optional<String> why) {}

    private record ApproveBody(String version, boolean approved, Optional<String> why) {}

    private record FreezeBody(String reason, Optional<Instant> until) {}

    private record ThawBody(Optional<String> why) {}

    /**
     * @param who asks, as far as that is known
     * @param changed called after every change that may have made an event
     */
    public PromotionHttp(Promotion promotion, Store store, Function<Context, String> who, Runnable changed) {
        this.promotion = promotion;
        this.store = store;
        this.who = who;
        this.changed = changed;
    }

    public void addTo(Javalin app) {
        app.get(
                MODEL + "/comparisons",
                context -> send(context, Map.of("comparisons", promotion.comparisons(name(context)))));
        app.post(MODEL + "/evidence", this::evidence);
        app.get(MODEL + "/promotion", context -> send(context, promotion.view(name(context))));
        app.get(
                MODEL + "/versions/{version}",
                context -> send(
                        context, store.read(handle -> detail(handle, name(context), context.pathParam("version")))));
        app.post(MODEL + "/promote", this::promote);
        app.post(MODEL + "/rollback", this::rollback);
        app.post(MODEL + "/approve", this::approve);
        app.post(MODEL + "/freeze", this::freeze);
        app.post(MODEL + "/thaw", this::thaw);
    }

    private void evidence(Context context) {
        int taken = promotion.evidence(
                name(context), body(context, EvidenceBody.class).evidence());
        changed.run();
        send(context, Map.of("taken", taken));
    }

    private void promote(Context context) {
        PromoteBody body = body(context, PromoteBody.class);
        promotion.promote(name(context), body.version(), body.canaryShare(), who.apply(context), why(body.why()));
        done(context);
    }

    private void rollback(Context context) {
        RollbackBody body = body(context, RollbackBody.class);
        promotion.rollback(name(context), body.version(), who.apply(context), why(body.why()));
        done(context);
    }

    private void approve(Context context) {
        ApproveBody body = body(context, ApproveBody.class);
        promotion.approve(name(context), body.version(), body.approved(), who.apply(context), why(body.why()));
        done(context);
    }

    private void freeze(Context context) {
        FreezeBody body = body(context, FreezeBody.class);
        promotion.freeze(name(context), body.reason(), body.until(), who.apply(context));
        done(context);
    }

    private void thaw(Context context) {
        promotion.thaw(
                name(context),
                who.apply(context),
                why(body(context, ThawBody.class).why()));
        done(context);
    }

    private void done(Context context) {
        changed.run();
        send(context, promotion.view(name(context)));
    }

    private static VersionDetail detail(Handle handle, String model, String version) {
        VersionRow row = Views.requireVersion(handle, model, version);
        SnapshotManifest manifest = VersionTable.manifest(handle, row);
        List<String> lineage = new ArrayList<>();
        Optional<String> parent = manifest.parent();
        while (parent.isPresent() && lineage.size() < ANCESTORS) {
            Optional<VersionRow> ancestor = VersionTable.findSnapshot(handle, model, parent.get());
            lineage.add(ancestor.map(found -> Integer.toString(found.version())).orElse(parent.get()));
            parent = ancestor.flatMap(
                    found -> VersionTable.manifest(handle, found).parent());
        }
        return new VersionDetail(Views.version(handle, row), manifest, lineage);
    }

    private static String name(Context context) {
        return context.pathParam("name");
    }

    private static String why(Optional<String> why) {
        return why.filter(text -> !text.isBlank()).orElse("asked for");
    }

    private static <T> T body(Context context, Class<T> type) {
        try {
            return Json.read(RequestBody.read(context, MAX_BODY), type);
        } catch (SerializationException e) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("the body must be JSON as documented: " + e.getMessage());
        }
    }

    private static void send(Context context, Object body) {
        context.contentType("application/json").result(Json.write(body));
    }
}
