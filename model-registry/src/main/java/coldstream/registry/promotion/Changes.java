package coldstream.registry.promotion;

import coldstream.domain.RegistryEvent.Kind;
import coldstream.registry.promotion.PromotionState.Trial;
import coldstream.registry.promotion.PromotionState.Watch;
import coldstream.wire.RegistryPaths;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The changes that decisions come to, whoever decides; each writes its record. */
final class Changes {

    /** Who the rules are in the audit. */
    static final String RULE = "promotion rule";

    /** Tag of a version that was taken back, with the reason. */
    private static final String ROLLED_BACK = "rolled_back";

    private static final Optional<String> CHAMPION = Optional.of(RegistryPaths.CHAMPION);
    private static final Optional<String> CANARY = Optional.of(RegistryPaths.CANARY);

    private final PromotionRules rules;

    Changes(PromotionRules rules) {
        this.rules = rules;
    }

    void begin(OpenModel model, int version, int champion) {
        model.point(RegistryPaths.CANDIDATE, version);
        model.change(state -> state.withTrial(Optional.of(new Trial(version, model.now, Optional.empty()))));
        model.audit(
                Kind.ALIAS_SET,
                version,
                Optional.of(RegistryPaths.CANDIDATE),
                RULE,
                "on trial against version " + champion,
                Map.of());
    }

    /** A share of the users gets the version from now on. */
    void startCanary(OpenModel model, int version, double share, String who, String why, Map<String, String> details) {
        model.tag(version, RegistryPaths.CANARY_SHARE, String.format(Locale.ROOT, "%s", share));
        model.point(RegistryPaths.CANDIDATE, version);
        model.point(RegistryPaths.CANARY, version);
        model.change(state -> state.withPending(Optional.empty())
                .withTrial(Optional.of(new Trial(
                        version,
                        state.trial()
                                .filter(trial -> trial.version() == version)
                                .map(Trial::since)
                                .orElse(model.now),
                        Optional.of(model.now)))));
        Map<String, String> numbers = new TreeMap<>(details);
        numbers.put(RegistryPaths.CANARY_SHARE, Double.toString(share));
        model.audit(Kind.CANARY_STARTED, version, CANARY, who, why, numbers);
    }

    /** The version serves all from now on, and the one before it stays at hand. */
    void promote(OpenModel model, int version, String who, String why, Map<String, String> details) {
        Optional<Integer> before = model.alias(RegistryPaths.CHAMPION);
        model.point(RegistryPaths.CHAMPION, version);
        model.untag(version, RegistryPaths.DELTAS);
        succeeded(model, before.filter(old -> old != version), version);
        model.audit(Kind.PROMOTED, version, CHAMPION, who, why, details);
    }

    /** What follows from a new champion. */
    void succeeded(OpenModel model, Optional<Integer> before, int version) {
        before.ifPresent(old -> model.point(RegistryPaths.PREVIOUS, old));
        endTrial(model);
        model.keptBack(0);
        model.change(state -> state.tried(version)
                .withPending(Optional.empty())
                .withWatch(before.filter(old -> rules.rollsBack())
                        .map(old -> new Watch(version, old, model.now.plus(rules.watchTime())))));
    }

    /** The champion stays. */
    void keep(OpenModel model, int version, String who, String why, Map<String, String> details) {
        boolean served = model.state().trial().flatMap(Trial::canarySince).isPresent();
        endTrial(model);
        model.keptBack(model.keptBack() + 1);
        model.change(state -> state.tried(version)
                .withPending(Optional.empty())
                .withCoolDown(served ? Optional.of(model.now.plus(rules.coolDown())) : state.coolDown()));
        model.audit(served ? Kind.ROLLED_BACK : Kind.KEPT, version, served ? CANARY : CHAMPION, who, why, details);
    }

    /** An earlier version serves again; nothing is promoted by the rules for a while, so that it does not flap. */
    void goBack(OpenModel model, int version, String who, String why, Map<String, String> details) {
        Optional<Integer> from = model.alias(RegistryPaths.CHAMPION);
        from.ifPresent(worse -> model.tag(worse, ROLLED_BACK, why));
        model.point(RegistryPaths.CHAMPION, version);
        model.tag(version, RegistryPaths.DELTAS, RegistryPaths.HOLD);
        wentBack(model, from.orElse(version));
        model.audit(Kind.ROLLED_BACK, version, CHAMPION, who, why, details);
    }

    /**
     * What follows from going back: there is no champion before this one to go back to, and what is newer than the one that
     * was left will be tried against it.
     *
     * @param from the champion that was left
     */
    void wentBack(OpenModel model, int from) {
        endTrial(model);
        model.unpoint(RegistryPaths.PREVIOUS);
        model.keptBack(0);
        model.change(state -> state.withTried(from)
                .withPending(Optional.empty())
                .withWatch(Optional.empty())
                .withCoolDown(Optional.of(model.now.plus(rules.coolDown()))));
    }

    /** No version is on trial any more, or waits for a person. */
    static void endTrial(OpenModel model) {
        model.unpoint(RegistryPaths.CANDIDATE);
        model.unpoint(RegistryPaths.CANARY);
        model.change(state -> state.withTrial(Optional.empty()).withPending(Optional.empty()));
    }
}
