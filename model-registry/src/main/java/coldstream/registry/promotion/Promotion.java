package coldstream.registry.promotion;

import coldstream.domain.Evidence;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.domain.SnapshotManifest;
import coldstream.registry.promotion.PromotionState.Watch;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionRow;
import coldstream.wire.Comparison;
import coldstream.wire.PromotionView;
import coldstream.wire.RegistryPaths;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Which version of a model serves, by rules and by people. Each call is one transaction. */
public final class Promotion {

    private final PromotionRules rules;
    private final Store store;
    private final Clock clock;
    private final Consumer<Kind> told;
    private final Changes changes;
    private final Decisions decisions;
    private final People people;

    /** @param told each kind of decision that is written down */
    public Promotion(PromotionRules rules, Store store, Clock clock, Consumer<Kind> told) {
        this.told = told;
        this.rules = rules;
        this.store = store;
        this.clock = clock;
        changes = new Changes(rules);
        decisions = new Decisions(rules, changes);
        people = new People(changes);
    }

    /** A new version: challenger at once. Called in the transaction that makes it. */
    public void consider(Handle handle, VersionRow row, SnapshotManifest manifest) {
        OpenModel model = open(handle, row.model());
        model.point(RegistryPaths.CHALLENGER, row.version());
        model.audit(
                Kind.ALIAS_SET,
                row.version(),
                Optional.of(RegistryPaths.CHALLENGER),
                Changes.RULE,
                "the newest version",
                Map.of());
        decisions.decide(model);
    }

    /** Somebody pointed the champion's alias to a version. Called in the transaction that did. */
    public void championSet(Handle handle, String name, Optional<Integer> before, int version) {
        OpenModel model = open(handle, name);
        if (before.filter(old -> old > version).isPresent()) {
            changes.wentBack(model, before.get());
        } else {
            changes.succeeded(model, before, version);
        }
    }

    /** Somebody took an alias away: a trial without its alias is over. Called in the transaction that did. */
    public void aliasDeleted(Handle handle, String name, String alias) {
        OpenModel model = open(handle, name);
        if (alias.equals(RegistryPaths.CANDIDATE) || alias.equals(RegistryPaths.CANARY)) {
            Changes.endTrial(model);
        }
    }

    /** What is worth measuring now: what a decision waits for, and the live weights beside the champion. */
    public List<Comparison> comparisons(String name) {
        return store.read(handle -> comparisons(open(handle, name)));
    }

    private static List<Comparison> comparisons(OpenModel model) {
        List<Comparison> wanted = new ArrayList<>();
        model.alias(RegistryPaths.CHAMPION).filter(model::stored).ifPresent(champion -> {
            model.state()
                    .trial()
                    .filter(trial -> trial.version() != champion && model.stored(trial.version()))
                    .ifPresent(trial -> wanted.add(comparison(trial.version(), champion)));
            model.state()
                    .watch()
                    .filter(watch -> watch.champion() == champion && model.stored(watch.previous()))
                    .ifPresent(watch -> wanted.add(comparison(champion, watch.previous())));
            wanted.add(new Comparison(Evidence.LIVE, Integer.toString(champion)));
        });
        return wanted;
    }

    private static Comparison comparison(int arm, int baseline) {
        return new Comparison(Integer.toString(arm), Integer.toString(baseline));
    }

    /**
     * Takes evidence in and decides.
     *
     * @return how many of them answer a comparison that is still wanted; the rest is left aside
     */
    public int evidence(String name, List<Evidence> found) {
        return store.write(handle -> {
            OpenModel model = open(handle, name);
            decisions.decide(model);
            List<Comparison> wanted = comparisons(model);
            int taken = 0;
            for (Evidence evidence : found) {
                if (evidence.model().equals(name)
                        && wanted.contains(new Comparison(evidence.arm(), evidence.baseline()))) {
                    PromotionTable.keep(handle, evidence);
                    taken++;
                }
            }
            decisions.decide(model);
            return taken;
        });
    }

    /** Decides what time alone decides, for every model. */
    public void tick() {
        for (String name : store.read(PromotionTable::models)) {
            store.change(handle -> decisions.decide(open(handle, name)));
        }
    }

    public void promote(String name, String version, Optional<Double> canaryShare, String who, String why) {
        change(name, model -> people.promote(model, version, canaryShare, who, why));
    }

    public void rollback(String name, Optional<String> version, String who, String why) {
        change(name, model -> people.rollback(model, version, who, why));
    }

    public void approve(String name, String version, boolean approved, String who, String why) {
        change(name, model -> people.approve(model, version, approved, who, why));
    }

    public void freeze(String name, String reason, Optional<Instant> until, String who) {
        change(name, model -> people.freeze(model, reason, until, who));
    }

    public void thaw(String name, String who, String why) {
        change(name, model -> people.thaw(model, who, why));
    }

    /** Where it stands. */
    public PromotionView view(String name) {
        return store.read(handle -> {
            OpenModel model = open(handle, name);
            PromotionState state = model.state();
            List<Evidence> evidence = new ArrayList<>();
            comparisons(model)
                    .forEach(comparison -> model.evidence(comparison.arm(), Integer.parseInt(comparison.baseline()))
                            .ifPresent(found -> evidence.add(found.evidence())));
            Optional<Integer> canary = model.alias(RegistryPaths.CANARY);
            return new PromotionView(
                    name,
                    text(model.alias(RegistryPaths.CHAMPION)),
                    text(model.alias(RegistryPaths.PREVIOUS)),
                    text(model.alias(RegistryPaths.CANDIDATE)),
                    text(canary),
                    canary.flatMap(version -> model.tagged(version, RegistryPaths.CANARY_SHARE))
                            .map(Double::valueOf),
                    state.freeze(),
                    state.pending(),
                    state.coolDown(),
                    state.watch().map(Watch::until),
                    evidence,
                    rules.shown());
        });
    }

    private static Optional<String> text(Optional<Integer> version) {
        return version.map(number -> Integer.toString(number));
    }

    /** What a person does, and what follows from it by the rules. */
    private void change(String name, Consumer<OpenModel> act) {
        store.change(handle -> {
            OpenModel model = open(handle, name);
            act.accept(model);
            decisions.decide(model);
        });
    }

    private OpenModel open(Handle handle, String name) {
        return new OpenModel(handle, name, clock.instant(), told);
    }

    /** Models whose promotion by the rules is frozen. */
    public long frozen() {
        return store.read(handle -> PromotionTable.models(handle).stream()
                .filter(name -> PromotionTable.state(handle, name).freeze().isPresent())
                .count());
    }
}
