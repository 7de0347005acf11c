package coldstream.registry.promotion;

import coldstream.domain.Evidence;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.registry.promotion.PromotionRules.WithoutEvidence;
import coldstream.registry.promotion.PromotionState.Trial;
import coldstream.registry.promotion.PromotionState.Watch;
import coldstream.registry.promotion.PromotionTable.Found;
import coldstream.registry.store.VersionRow;
import coldstream.wire.PromotionView.Freeze;
import coldstream.wire.PromotionView.Pending;
import coldstream.wire.RegistryPaths;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the rules decide about a model, whenever evidence comes in, a version comes, or time passes. To decide again without
 * news changes nothing.
 */
final class Decisions {

    private final PromotionRules rules;
    private final Changes changes;

    Decisions(PromotionRules rules, Changes changes) {
        this.rules = rules;
        this.changes = changes;
    }

    void decide(OpenModel model) {
        expire(model);
        model.state().watch().ifPresent(watch -> watch(model, watch));
        model.state()
                .trial()
                .filter(trial -> trial.canarySince().isPresent())
                .ifPresent(trial -> protect(model, trial));
        holdLive(model);
        if (rules.automatic() && isFree(model)) {
            model.state().trial().ifPresent(trial -> consider(model, trial));
        }
        if (rules.automatic() && isFree(model)) {
            begin(model);
        }
    }

    /** Whether the rules may promote: not while a person or a rollback stops them. */
    private static boolean isFree(OpenModel model) {
        return model.state().freeze().isEmpty() && model.state().coolDown().isEmpty();
    }

    private static void expire(OpenModel model) {
        PromotionState state = model.state();
        if (state.coolDown().filter(end -> !end.isAfter(model.now)).isPresent()) {
            model.change(old -> old.withCoolDown(Optional.empty()));
        }
        if (state.watch().filter(watch -> !watch.until().isAfter(model.now)).isPresent()) {
            model.change(old -> old.withWatch(Optional.empty()));
        }
        boolean thaws = state.freeze()
                .flatMap(Freeze::until)
                .filter(end -> !end.isAfter(model.now))
                .isPresent();
        if (thaws) {
            model.change(old -> old.withFreeze(Optional.empty()));
            int champion = model.alias(RegistryPaths.CHAMPION).orElse(0);
            model.audit(Kind.THAWED, champion, Optional.empty(), Changes.RULE, "the freeze was to end now", Map.of());
        }
    }

    /** Takes a champion back that is worse than the one before it. */
    private void watch(OpenModel model, Watch watch) {
        boolean stands = model.alias(RegistryPaths.CHAMPION).equals(Optional.of(watch.champion()));
        if (!stands || !model.stored(watch.previous())) {
            model.change(state -> state.withWatch(Optional.empty()));
            return;
        }
        model.evidence(Integer.toString(watch.champion()), watch.previous()).ifPresent(found -> {
            Verdict verdict = rules.rollback().judge(found.evidence(), found.begins());
            if (verdict.kind() == Verdict.Kind.WORSE) {
                String why = "version %d is %s".formatted(watch.champion(), verdict.why());
                changes.goBack(model, watch.previous(), Changes.RULE, why, details(found, verdict));
            }
        });
    }

    /** Takes a canary back that is worse than the champion, whoever started it and whatever is frozen. */
    private void protect(OpenModel model, Trial canary) {
        model.alias(RegistryPaths.CHAMPION)
                .flatMap(champion -> model.evidence(Integer.toString(canary.version()), champion))
                .ifPresent(found -> {
                    Verdict verdict = rules.rollback().judge(found.evidence(), found.begins());
                    if (verdict.kind() == Verdict.Kind.WORSE) {
                        changes.keep(model, canary.version(), Changes.RULE, verdict.why(), details(found, verdict));
                    }
                });
    }

    /** Has the champion serve as it was published once the weights that are being learnt are worse than it. */
    private void holdLive(OpenModel model) {
        Optional<Integer> champion = model.alias(RegistryPaths.CHAMPION);
        if (!rules.rollsBack()
                || champion.isEmpty()
                || model.tagged(champion.get(), RegistryPaths.DELTAS).isPresent()) {
            return;
        }
        model.evidence(Evidence.LIVE, champion.get()).ifPresent(found -> {
            Verdict verdict = rules.rollback().judge(found.evidence(), found.begins());
            if (verdict.kind() == Verdict.Kind.WORSE) {
                model.tag(champion.get(), RegistryPaths.DELTAS, RegistryPaths.HOLD);
                String why = "the weights that are being learnt are " + verdict.why();
                model.audit(
                        Kind.DELTAS_HELD, champion.get(), Optional.empty(), Changes.RULE, why, details(found, verdict));
            }
        });
    }

    /** Puts the newest version on trial, or makes it champion where there is none. */
    private void begin(OpenModel model) {
        Optional<Integer> champion = model.alias(RegistryPaths.CHAMPION);
        int tried = Math.max(model.state().lastTried(), champion.orElse(0));
        Optional<Integer> newest = model.newest().map(VersionRow::version).filter(version -> version > tried);
        if (model.state().trial().isPresent() || model.state().pending().isPresent() || newest.isEmpty()) {
            return;
        }
        int version = newest.get();
        if (champion.isEmpty()) {
            first(model, version);
        } else {
            if (rules.evidenceWait().isZero()) {
                var trial = new Trial(version, model.now, Optional.empty());
                withoutEvidence(model, trial, champion.get(), "nothing is measured on the same events");
            } else {
                changes.begin(model, version, champion.get());
            }
        }
    }

    private void first(OpenModel model, int version) {
        WindowRule.Decision first =
                rules.windows().first(model.manifest(version).window());
        if (rules.approval()) {
            ask(model, version, first.why(), first.details());
        } else {
            changes.promote(model, version, Changes.RULE, first.why(), first.details());
        }
    }

    private void consider(OpenModel model, Trial trial) {
        Optional<Integer> champion = model.alias(RegistryPaths.CHAMPION);
        if (champion.isEmpty() || champion.get() == trial.version() || !model.stored(trial.version())) {
            changes.keep(model, trial.version(), Changes.RULE, "there is nothing to compare it with", Map.of());
            return;
        }
        Optional<Found> found = model.evidence(Integer.toString(trial.version()), champion.get());
        Duration age = Duration.between(trial.since(), model.now);
        if (found.isEmpty()) {
            if (age.compareTo(rules.evidenceWait()) >= 0) {
                withoutEvidence(model, trial, champion.get(), "nothing was measured on the same events");
            }
            return;
        }
        Verdict verdict =
                rules.promotion().judge(found.get().evidence(), found.get().begins());
        Map<String, String> details = details(found.get(), verdict);
        boolean late = age.compareTo(
                        rules.trialLimit().plus(trial.canarySince().isPresent() ? rules.canaryTime() : Duration.ZERO))
                >= 0;
        switch (verdict.kind()) {
            case WORSE -> changes.keep(model, trial.version(), Changes.RULE, verdict.why(), details);
            case GOOD -> accept(model, trial, verdict.why(), details);
            case LITTLE -> {
                if (late) {
                    withoutEvidence(model, trial, champion.get(), verdict.why());
                }
            }
            case CLOSE -> {
                if (late) {
                    String why = "not shown in %s: %s".formatted(rules.trialLimit(), verdict.why());
                    changes.keep(model, trial.version(), Changes.RULE, why, details);
                }
            }
        }
    }

    /** Goes the next step towards champion: canary if there is to be one, approval if it is asked for, champion. */
    private void accept(OpenModel model, Trial trial, String why, Map<String, String> details) {
        if (model.state().pending().isPresent()) {
            return;
        }
        boolean canary = rules.canaryShare() > 0 || trial.canarySince().isPresent();
        if (canary && trial.canarySince().isEmpty()) {
            changes.startCanary(model, trial.version(), rules.canaryShare(), Changes.RULE, why, details);
        } else if (canary
                && Duration.between(trial.canarySince().orElseThrow(), model.now)
                                .compareTo(rules.canaryTime())
                        < 0) {
            return;
        } else if (rules.approval()) {
            ask(model, trial.version(), why, details);
        } else {
            changes.promote(model, trial.version(), Changes.RULE, why, details);
        }
    }

    private static void ask(OpenModel model, int version, String why, Map<String, String> details) {
        var pending = new Pending(Integer.toString(version), why, model.now, details);
        model.change(state -> state.tried(version).withPending(Optional.of(pending)));
        model.audit(
                Kind.PENDING,
                version,
                Optional.of(RegistryPaths.CHAMPION),
                Changes.RULE,
                "a person has to approve: " + why,
                details);
    }

    private void withoutEvidence(OpenModel model, Trial trial, int champion, String lack) {
        if (rules.withoutEvidence() == WithoutEvidence.WAIT) {
            boolean newer = model.newest()
                    .filter(row -> row.version() > trial.version())
                    .isPresent();
            if (newer && trial.canarySince().isEmpty()) {
                changes.keep(
                        model, trial.version(), Changes.RULE, lack + "; a newer version takes its place", Map.of());
            }
            return;
        }
        WindowRule.Decision decision = rules.windows()
                .decide(
                        model.manifest(champion).window(),
                        model.manifest(trial.version()).window(),
                        model.keptBack());
        String why = "%s (%s, so each version's own window decided)".formatted(decision.why(), lack);
        if (decision.promoted()) {
            accept(model, trial, why, decision.details());
        } else {
            changes.keep(model, trial.version(), Changes.RULE, why, decision.details());
        }
    }

    private static Map<String, String> details(Found found, Verdict verdict) {
        Map<String, String> details = new TreeMap<>(Numbers.of(found.evidence()));
        details.put("begins", Integer.toString(found.begins()));
        details.putAll(verdict.details());
        return details;
    }
}
