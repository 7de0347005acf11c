package coldstream.registry.promotion;

import coldstream.domain.RegistryEvent.Kind;
import coldstream.registry.store.Refusal;
import coldstream.wire.PromotionView.Freeze;
import coldstream.wire.PromotionView.Pending;
import coldstream.wire.RegistryPaths;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What people decide. They may do what the rules would not; the audit has their name and what they said. */
final class People {

    private final Changes changes;

    People(Changes changes) {
        this.changes = changes;
    }

    void promote(OpenModel model, String version, Optional<Double> canaryShare, String who, String why) {
        int wanted = model.requireStored(version).version();
        Optional<Integer> champion = model.alias(RegistryPaths.CHAMPION);
        if (champion.equals(Optional.of(wanted))) {
            return;
        }
        if (canaryShare.isPresent()) {
            double share = canaryShare.get();
            require(share > 0 && share < 1, "a canary's share must be in (0, 1), got " + share);
            require(champion.isPresent(), "a canary must have a champion beside it, got none");
            changes.startCanary(model, wanted, share, who, why, Map.of());
        } else if (champion.filter(now -> now > wanted).isPresent()) {
            changes.goBack(model, wanted, who, why, Map.of());
        } else {
            changes.promote(model, wanted, who, why, Map.of());
        }
    }

    void rollback(OpenModel model, Optional<String> version, String who, String why) {
        int wanted = model.requireStored(version.orElseGet(() -> model.alias(RegistryPaths.PREVIOUS)
                        .map(previous -> Integer.toString(previous))
                        .orElseThrow(() -> Refusal.INVALID_PARAMETER_VALUE.because(
                                "there must be a champion before this one, or a version must be named, got neither"))))
                .version();
        if (!model.alias(RegistryPaths.CHAMPION).equals(Optional.of(wanted))) {
            changes.goBack(model, wanted, who, why, Map.of());
        }
    }

    void approve(OpenModel model, String version, boolean approved, String who, String why) {
        Pending pending = model.state()
                .pending()
                .filter(waiting -> waiting.version().equals(version))
                .orElseThrow(() -> Refusal.INVALID_PARAMETER_VALUE.because(
                        "a version that waits for approval must be named, got " + version));
        int wanted = model.requireStored(version).version();
        if (approved) {
            changes.promote(model, wanted, who, why + " (" + pending.why() + ")", pending.details());
        } else {
            model.change(state -> state.withPending(Optional.empty()));
            changes.keep(model, wanted, who, why, pending.details());
        }
    }

    void freeze(OpenModel model, String reason, Optional<Instant> until, String who) {
        require(!reason.isBlank(), "a freeze must have a reason");
        require(until.filter(end -> !end.isAfter(model.now)).isEmpty(), "a freeze must end later than now");
        var freeze = new Freeze(reason, who, model.now, until);
        boolean same = model.state()
                .freeze()
                .filter(old -> old.reason().equals(reason) && old.until().equals(until))
                .isPresent();
        if (same) {
            return;
        }
        model.change(state -> state.withFreeze(Optional.of(freeze)));
        Map<String, String> details =
                until.map(end -> Map.of("until", end.toString())).orElse(Map.of());
        model.audit(Kind.FROZEN, champion(model), Optional.empty(), who, reason, details);
    }

    void thaw(OpenModel model, String who, String why) {
        if (model.state().freeze().isPresent()) {
            model.change(state -> state.withFreeze(Optional.empty()));
            model.audit(Kind.THAWED, champion(model), Optional.empty(), who, why, Map.of());
        }
    }

    /** 0 where there is none. */
    private static int champion(OpenModel model) {
        return model.alias(RegistryPaths.CHAMPION).orElse(0);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(message);
        }
    }
}
