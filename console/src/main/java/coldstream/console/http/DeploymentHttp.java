package coldstream.console.http;

import coldstream.console.deploy.Decision;
import coldstream.console.deploy.Deployments;
import coldstream.console.deploy.Difference;
import coldstream.console.deploy.RegistryWatch;
import coldstream.console.deploy.Why;
import coldstream.service.ProblemException;
import coldstream.wire.VersionDetail;
import io.javalin.Javalin;
import io.javalin.http.Context;

/** Versions, and what a person may do about them. */
public final class DeploymentHttp {

    private static final int SHOWN = 100;

    private final RegistryWatch registry;
    private final Decision decision;
    private final Runnable changed;

    /** @param changed called after something was done */
    public DeploymentHttp(RegistryWatch registry, Decision decision, Runnable changed) {
        this.registry = registry;
        this.decision = decision;
        this.changed = changed;
    }

    public void addTo(Javalin app) {
        app.get(
                "/api/deployments",
                context -> Asked.answer(
                        context, Deployments.of(registry, Asked.number(context, "limit", SHOWN, 1, SHOWN))));
        app.get(
                "/api/deployments/diff",
                context -> Asked.answer(
                        context,
                        Difference.of(
                                version(Asked.required(context, "from")), version(Asked.required(context, "to")))));
        app.get("/api/deployments/{version}/why", context -> {
            String version = context.pathParam("version");
            Asked.answer(context, Why.of(registry, version).orElseThrow(() -> unknown(version)));
        });
        app.post(
                "/api/deployments/rollback",
                context -> done(
                        context,
                        decision.rollback(Asked.body(context, Decision.Rollback.class), Asked.token(context))));
        app.post(
                "/api/deployments/{version}/promote",
                context -> done(
                        context,
                        decision.promote(
                                context.pathParam("version"),
                                Asked.body(context, Decision.Promotion.class),
                                Asked.token(context))));
        app.post(
                "/api/deployments/{version}/approve",
                context -> done(
                        context,
                        decision.approve(
                                context.pathParam("version"),
                                Asked.body(context, Decision.Approval.class),
                                Asked.token(context))));
    }

    private void done(Context context, Decision.Done done) {
        changed.run();
        Asked.answer(context, done);
    }

    private VersionDetail version(String version) {
        return registry.version(version).orElseThrow(() -> unknown(version));
    }

    private static ProblemException unknown(String version) {
        return new ProblemException(
                404,
                "No such version",
                "a version must be one of the newest, got " + version.substring(0, Math.min(50, version.length())));
    }
}
