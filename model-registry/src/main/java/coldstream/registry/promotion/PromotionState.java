package coldstream.registry.promotion;

import coldstream.wire.PromotionView.Freeze;
import coldstream.wire.PromotionView.Pending;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the promotion of one model stands, beside its aliases.
 *
 * @param trial the version that is compared with the champion
 * @param watch the comparison of the champion with the one before it
 * @param freeze why nothing is promoted by the rule
 * @param pending what waits for a person
 * @param coolDown nothing is promoted by the rule before this
 * @param lastTried newest version that was on trial or was decided about; only newer ones are tried
 */
record PromotionState(
        Optional<Trial> trial,
        Optional<Watch> watch,
        Optional<Freeze> freeze,
        Optional<Pending> pending,
        Optional<Instant> coolDown,
        int lastTried) {

    static final PromotionState NONE = new PromotionState(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /**
     * A version on trial.
     *
     * @param canarySince when it began to get traffic
     */
    record Trial(int version, Instant since, Optional<Instant> canarySince) {}

    /** A champion that may be taken back. */
    record Watch(int champion, int previous, Instant until) {}

    PromotionState withTrial(Optional<Trial> other) {
        int tried = Math.max(lastTried, other.map(Trial::version).orElse(0));
        return new PromotionState(other, watch, freeze, pending, coolDown, tried);
    }

    PromotionState withWatch(Optional<Watch> other) {
        return new PromotionState(trial, other, freeze, pending, coolDown, lastTried);
    }

    PromotionState withFreeze(Optional<Freeze> other) {
        return new PromotionState(trial, watch, other, pending, coolDown, lastTried);
    }

    PromotionState withPending(Optional<Pending> other) {
        return new PromotionState(trial, watch, freeze, other, coolDown, lastTried);
    }

    PromotionState withCoolDown(Optional<Instant> other) {
        return new PromotionState(trial, watch, freeze, pending, other, lastTried);
    }

    PromotionState tried(int version) {
        return withTried(Math.max(lastTried, version));
    }

    PromotionState withTried(int version) {
        return new PromotionState(trial, watch, freeze, pending, coolDown, version);
    }
}
