package coldstream.trainer.learning;

import coldstream.wire.Directive;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What directives did that outlasts the step they came with. */
final class Directed {

    /** Directives a learner knows again. */
    private static final int REMEMBERED = 64;

    private final Deque<String> done = new ArrayDeque<>();
    private Haste haste = Haste.NONE;

    /**
     * As a checkpoint holds it.
     *
     * @param done ids of the latest directives, oldest first
     */
    record State(List<String> done, Haste haste) {}

    /** Whether a directive is a new one; from then on it is not. */
    boolean takes(Directive directive) {
        if (done.contains(directive.id())) {
            return false;
        }
        done.add(directive.id());
        if (done.size() > REMEMBERED) {
            done.remove();
        }
        return true;
    }

    /** Raises the rates; of two raises at once the larger factor counts, and the later end. */
    void raise(double factor, long until, long samples) {
        Haste now = haste(samples).orElse(Haste.NONE);
        haste = new Haste(Math.max(now.factor(), factor), Math.max(now.until(), until));
    }

    /** How much faster it learns from the sample that follows so many. */
    double factor(long samples) {
        return haste(samples).orElse(Haste.NONE).factor();
    }

    /** The raise that is in effect behind so many samples. */
    Optional<Haste> haste(long samples) {
        return samples < haste.until() ? Optional.of(haste) : Optional.empty();
    }

    /** Empty if nothing was ever directed. */
    Optional<State> state() {
        return done.isEmpty() ? Optional.empty() : Optional.of(new State(List.copyOf(done), haste));
    }

    void restore(State state) {
        done.addAll(state.done());
        haste = state.haste();
    }
}
