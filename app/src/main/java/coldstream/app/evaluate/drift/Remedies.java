package coldstream.app.evaluate.drift;

import coldstream.app.evaluate.drift.ArmOutcome.Action;
import coldstream.domain.UserId;
import coldstream.monitor.action.ActionConfig;
import coldstream.monitor.action.ActionKind;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.wire.Directive;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Does what a remedy says when an alarm is raised, with the product's own settings; each not again before as many events as a raise of rates
 * lasts.
 */
final class Remedies {

    private final Remedy remedy;
    private final ActionConfig config;
    private final OnlineLearner learner;
    private final Consumer<UserId> askAgain;
    private final List<Action> done = new ArrayList<>();

    /** The users seen last, the latest at the end. */
    private final Set<UserId> users = new LinkedHashSet<>();

    private final Map<ActionKind, Long> quietUntil = new EnumMap<>(ActionKind.class);

    Remedies(Remedy remedy, ActionConfig config, OnlineLearner learner, Consumer<UserId> askAgain) {
        this.remedy = remedy;
        this.config = config;
        this.learner = learner;
        this.askAgain = askAgain;
    }

    void seen(UserId user) {
        users.remove(user);
        users.add(user);
        if (users.size() > config.freshScores()) {
            users.remove(users.iterator().next());
        }
    }

    void on(Raised raised) {
        for (ActionKind kind : remedy.about(raised, config)) {
            if (raised.event() >= quietUntil.getOrDefault(kind, 0L)) {
                quietUntil.put(kind, raised.event() + config.raiseSamples());
                done.add(new Action(kind.toString(), raised.event()));
                act(kind, raised);
            }
        }
    }

    private void act(ActionKind kind, Raised raised) {
        String id = remedy.key() + "/" + raised.event() + "/" + kind;
        if (kind == ActionKind.RAISE_RATES) {
            learner.directive(Directive.raiseRates(id, config.raiseFactor(), config.raiseSamples(), raised.message()));
        } else if (kind == ActionKind.RESET_GATE) {
            learner.directive(Directive.resetGate(id, raised.message()));
        } else {
            List.copyOf(users).forEach(askAgain);
        }
    }

    List<Action> done() {
        return List.copyOf(done);
    }
}
