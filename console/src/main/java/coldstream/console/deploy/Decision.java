package coldstream.console.deploy;

import static coldstream.domain.Check.check;

import coldstream.service.ProblemException;
import coldstream.wire.PromotionClient;
import coldstream.wire.PromotionView;
import coldstream.wire.RegistryException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a person may do to a model: make a version champion, or an earlier one again, or decide about one that waits for them.
 * The registry decides whether this person may, by the secret that came with the request; the console has none of its own for this.
 */
public final class Decision {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int MAX_WHY = 500;

    private final URI registry;
    private final String model;

    /**
     * What was done.
     *
     * @param done promoted, canary, rolled_back, approved or refused
     * @param version it was done to
     */
    public record Done(
            String done, String version, String model, Optional<String> champion, Optional<String> previous) {}

    /** What a person asks for. */
    public record Promotion(String confirm, Optional<String> why, Optional<Double> canaryShare) {}

    /** What a person asks for; the version before, unless one is named. */
    public record Rollback(String confirm, Optional<String> why, Optional<String> version) {}

    /** What a person says to a version that waits for them. */
    public record Approval(String confirm, boolean approved, Optional<String> why) {}

    public Decision(URI registry, String model) {
        this.registry = registry;
        this.model = model;
    }

    /** @param token the person's own */
    public Done promote(String version, Promotion asked, Optional<String> token) {
        confirmed(asked.confirm(), "promote " + model + " " + version);
        PromotionView now = ask(token, client -> client.promote(model, version, asked.canaryShare(), why(asked.why())));
        return new Done(
                asked.canaryShare().isPresent() ? "canary" : "promoted",
                version,
                model,
                now.champion(),
                now.previous());
    }

    /** @param token the person's own */
    public Done rollback(Rollback asked, Optional<String> token) {
        confirmed(asked.confirm(), "roll back " + model);
        PromotionView now = ask(token, client -> client.rollback(model, asked.version(), why(asked.why())));
        return new Done("rolled_back", now.champion().orElse(""), model, now.champion(), now.previous());
    }

    /** @param token the person's own */
    public Done approve(String version, Approval asked, Optional<String> token) {
        boolean approved = asked.approved();
        confirmed(asked.confirm(), (approved ? "approve " : "refuse ") + model + " " + version);
        PromotionView now = ask(token, client -> client.approve(model, version, approved, why(asked.why())));
        return new Done(approved ? "approved" : "refused", version, model, now.champion(), now.previous());
    }

    private static void confirmed(String given, String wanted) {
        if (!given.equals(wanted)) {
            throw new ProblemException(
                    422,
                    "Confirmation missing",
                    "confirm must be \"" + wanted + "\", got \"" + given.substring(0, Math.min(100, given.length()))
                            + "\"");
        }
    }

    private static String why(Optional<String> why) {
        String text = why.filter(given -> !given.isBlank()).orElse("asked for at the console");
        check(text.length() <= MAX_WHY, "why must have at most %d characters, got %d", MAX_WHY, text.length());
        return text;
    }

    private PromotionView ask(Optional<String> token, Function<PromotionClient, PromotionView> question) {
        try {
            return question.apply(new PromotionClient(registry, token, 1, PAUSE, "coldstream console"));
        } catch (RegistryException.Refused e) {
            throw new ProblemException(status(e.errorCode()), "The registry refuses", e.reason());
        } catch (RegistryException e) {
            throw new ProblemException(503, "The registry does not answer", String.valueOf(e.getMessage()));
        }
    }

    private static int status(String code) {
        return switch (code) {
            case "UNAUTHENTICATED" -> 401;
            case "PERMISSION_DENIED" -> 403;
            case "RESOURCE_DOES_NOT_EXIST" -> 404;
            default -> 409;
        };
    }
}
