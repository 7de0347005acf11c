package coldstream.app.evaluate.drift;

import coldstream.app.evaluate.drift.ArmOutcome.Action;
import coldstream.domain.UserId;
import coldstream.trainer.learning.OnlineLearner;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Does what a remedy says when an alarm is raised; not again before {@value #LASTS} events have passed. */
final class Remedies {

    private static final int LASTS = 2_000;
    private static final int ASKED = 300;

    private final Remedy remedy;
    private final OnlineLearner learner;
    private final Consumer<UserId> askAgain;
    private final List<Action> done = new ArrayList<>();

    /** The users seen last, the latest at the end. */
    private final Set<UserId> users = new LinkedHashSet<>();

    private int quietUntil;

    Remedies(Remedy remedy, OnlineLearner learner, Consumer<UserId> askAgain) {
        this.remedy = remedy;
        this.learner = learner;
        this.askAgain = askAgain;
    }

    void seen(UserId user) {
        users.remove(user);
        users.add(user);
        if (users.size() > ASKED) {
            users.remove(users.iterator().next());
        }
    }

    void on(Raised raised) {
        if (remedy == Remedy.NOTHING || raised.event() < quietUntil) {
            return;
        }
        quietUntil = raised.event() + LASTS;
        done.add(new Action(remedy.key(), raised.event()));
        if (remedy.asksAgain()) {
            List.copyOf(users).forEach(askAgain);
        }
    }

    List<Action> done() {
        return done;
    }
}
