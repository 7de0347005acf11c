package coldstream.monitor.action;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Action.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Who wants which action, and when each was last done. Pure: times are given, and nothing is done here. One thread at a time.
 *
 * <p>An action is in effect once, however many alarms want it; they all hold it. One that ended cools down.
 */
final class ActionLedger {

    private final ActionConfig config;
    private final Map<Slot, Set<String>> holders = new HashMap<>();
    private final Map<Slot, Instant> ended = new HashMap<>();

    ActionLedger(ActionConfig config) {
        this.config = config;
    }

    /** What becomes of an action that a rule wants. */
    enum Verdict {
        BEGIN,
        /** It is in effect, or on its way, for another alarm. */
        JOIN,
        COOLING,
        OFF
    }

    /** @param why in words, unless it begins */
    record Decision(ActionKind kind, Verdict verdict, String why) {}

    /** What to do about an alert that was opened. */
    List<Decision> opened(DriftAlert alert, Instant now) {
        List<Decision> decisions = new ArrayList<>();
        for (ActionKind kind : Rule.actions(config.rules(), alert)) {
            Slot slot = Slot.of(kind, alert);
            Decision decision = decide(slot, now);
            if (decision.verdict() == Verdict.BEGIN || decision.verdict() == Verdict.JOIN) {
                hold(slot, alert.alertId());
            }
            decisions.add(decision);
        }
        return decisions;
    }

    private Decision decide(Slot slot, Instant now) {
        ActionKind kind = slot.kind();
        if (!config.on() || config.off().contains(kind)) {
            return new Decision(kind, Verdict.OFF, config.on() ? "drift.actions-off" : "drift.actions is false");
        }
        Set<String> held = holders.get(slot);
        if (held != null) {
            return new Decision(kind, Verdict.JOIN, "with " + held.iterator().next());
        }
        Instant last = ended.get(slot);
        if (last != null && now.isBefore(last.plus(config.coolDown()))) {
            return new Decision(kind, Verdict.COOLING, "not again before " + last.plus(config.coolDown()));
        }
        return new Decision(kind, Verdict.BEGIN, "");
    }

    private void hold(Slot slot, String alertId) {
        holders.computeIfAbsent(slot, none -> new LinkedHashSet<>()).add(alertId);
    }

    /** The alerts that want an action which is in effect or on its way, the first first. */
    List<String> holders(Slot slot) {
        return List.copyOf(holders.getOrDefault(slot, Set.of()));
    }

    /**
     * An alert wants an action no more.
     *
     * @return whether no other one does: it is to be ended
     */
    boolean release(Slot slot, String alertId, Instant now) {
        Set<String> held = holders.get(slot);
        if (held == null || !held.remove(alertId) || !held.isEmpty()) {
            return false;
        }
        over(slot, now);
        return true;
    }

    /** An action is in effect no more, complete, or failed. */
    void over(Slot slot, Instant now) {
        holders.remove(slot);
        ended.put(slot, now);
    }

    /** Continues from what alerts say was done. */
    void adopt(List<DriftAlert> alerts) {
        for (DriftAlert alert : alerts) {
            for (DriftAlert.Action action : alert.actions()) {
                Slot slot = Slot.of(ActionKind.parse(action.name()), alert);
                boolean wanted =
                        action.outcome() == Outcome.STARTED || (action.outcome() == Outcome.PENDING && alert.open());
                if (wanted) {
                    hold(slot, alert.alertId());
                } else if (action.outcome() == Outcome.ENDED || action.outcome() == Outcome.FAILED) {
                    ended.merge(
                            slot,
                            action.at(),
                            (one, other) -> Objects.requireNonNull(one).isAfter(other) ? one : other);
                }
            }
        }
    }
}
