package coldstream.app.evaluate.drift;

import coldstream.app.evaluate.drift.ArmOutcome.Action;
import coldstream.domain.UserId;
import coldstream.monitor.action.ActionConfig;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.wire.Directive;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Does what a remedy says when an alarm is raised, with the product's own settings; not again before rates are as they were.
 */
final class Remedies {

    private final Remedy remedy;
    private final ActionConfig config;
    private final OnlineLearner learner;
    private final Consumer<UserId> askAgain;
    private final List<Action> done = new ArrayList<>();

    /** The users seen last, the latest at the end. */
    private final Set<UserId> users = new LinkedHashSet<>();

    private long quietUntil;

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
        if (remedy == Remedy.NOTHING || raised.event() < quietUntil) {
            return;
        }
        quietUntil = raised.event() + config.raiseSamples();
        done.add(new Action(remedy.key(), raised.event()));
        String id = remedy.key() + "/" + raised.event();
        if (remedy.raisesRates()) {
            learner.directive(
                    Directive.raiseRates(id + "/rates", config.raiseFactor(), config.raiseSamples(), raised.message()));
        }
        if (remedy.resetsGate()) {
            learner.directive(Directive.resetGate(id + "/gate", raised.message()));
        }
        if (remedy.asksAgain()) {
            List.copyOf(users).forEach(askAgain);
        }
    }

    List<Action> done() {
        return List.copyOf(done);
    }
}
