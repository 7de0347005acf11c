package coldstream.scorer.guard;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import coldstream.scorer.guard.EndpointGuard.Leave;
import java.util.List;
import java.util.Optional;

/** Asks only while the guard gives leave, so that whoever has something to fall back on falls back at once. */
public final class GuardedScorer implements LanguageModelScorer {

    private final LanguageModelScorer asked;
    private final EndpointGuard guard;

    public GuardedScorer(LanguageModelScorer asked, EndpointGuard guard) {
        this.asked = asked;
        this.guard = guard;
    }

    @Override
    public String model() {
        return asked.model();
    }

    @Override
    public String promptVersion() {
        return asked.promptVersion();
    }

    @Override
    public Outcome score(List<Item> history, List<Item> candidates) {
        Optional<Leave> leave = guard.leave();
        if (leave.isEmpty()) {
            return new TryAgain(Fault.CONNECTION, "the endpoint is left alone: its circuit is " + guard.state());
        }
        boolean reported = false;
        try {
            Outcome outcome = asked.score(history, candidates);
            guard.report(leave.get(), outcome);
            reported = true;
            return outcome;
        } finally {
            if (!reported) {
                guard.unused(leave.get());
            }
        }
    }
}
