package coldstream.app.evaluate.drift;

import coldstream.monitor.Alarm;
import coldstream.monitor.Reference;
import coldstream.monitor.Signal;
import coldstream.monitor.Watch;
import coldstream.monitor.action.ActionConfig;
import coldstream.monitor.action.ActionKind;
import coldstream.monitor.action.Rule;
import coldstream.trainer.watch.StreamWatch;
import coldstream.trainer.watch.WatchConfig;
import java.util.List;
import java.util.Optional;

/**
 * The trainer's own watch. What it compares with is what a champion learnt from, as in production: every {@value
 * #PROMOTED_EVERY} events the learner's latest state becomes champion, unless an alarm is open that freezes promotion by its rule,
 * and for no longer than a freeze lasts.
 */
final class ProductWatch implements Watcher {

    private static final int PROMOTED_EVERY = 4_000;

    private final StreamWatch stream;
    private final WatchConfig config;
    private final ActionConfig actions;
    private final Onlooker onlooker;
    private Champion champion = new Champion("", Optional.empty());
    private int inWindow;
    private int sincePromotion;

    /** @param reference what it learnt from; empty before the first */
    record Champion(String version, Optional<Reference> reference) {}

    ProductWatch(MonitorSettings settings, Onlooker onlooker) {
        config = settings.watch();
        actions = settings.actions();
        this.onlooker = onlooker;
        stream = new StreamWatch(config);
    }

    Watch watch() {
        return stream.watch();
    }

    Champion champion() {
        return champion;
    }

    @Override
    public List<Raised> step(Step step) {
        List<Alarm> changed = stream.applied(new StreamWatch.Applied(
                step.result().step(),
                false,
                step.batch(),
                step.answers(),
                Optional.of(step.result()),
                step.learner()::gate,
                step.learner()::category));
        looked(step);
        promote(step);
        return changed.stream()
                .filter(Alarm::open)
                .map(alarm -> raised(alarm, step))
                .toList();
    }

    private void looked(Step step) {
        inWindow += step.batch().size();
        if (inWindow >= config.window()) {
            inWindow = 0;
            onlooker.looked(step.time(), watch().readings());
        }
    }

    private void promote(Step step) {
        sincePromotion += step.batch().size();
        if (sincePromotion >= PROMOTED_EVERY && watch().open().stream().noneMatch(alarm -> freezes(alarm, step))) {
            sincePromotion = 0;
            champion = new Champion(Integer.toString(step.event()), Optional.of(watch().learnt()));
            watch().compareWith(champion.version(), champion.reference().orElseThrow());
        }
    }

    private boolean freezes(Alarm alarm, Step step) {
        Signal signal = alarm.signal();
        return step.time().isBefore(alarm.opened().time().plus(actions.freezeTime()))
                && Rule.actions(actions.rules(), signal.layer().key(), signal.name(), signal.stratum())
                        .contains(ActionKind.FREEZE_PROMOTION);
    }

    private static Raised raised(Alarm alarm, Step step) {
        return new Raised(
                alarm.detector().key(),
                alarm.signal().layer().key(),
                alarm.signal().name(),
                alarm.signal().stratum(),
                alarm.statistic(),
                alarm.threshold(),
                step.event(),
                step.time(),
                alarm.message());
    }
}
