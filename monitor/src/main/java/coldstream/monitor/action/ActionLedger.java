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

    /**
     * What becomes of it.
     *
     * @param why in words, unless it begins
     * @param until when it has cooled down; else now
     */
    record Decision(ActionKind kind, Verdict verdict, String why, Instant until) {}

    /** What to do about an alert that was opened. */
    List<Decision> opened(DriftAlert alert, Instant now) {
        List<Decision> decisions = new ArrayList<>();
        for (ActionKind kind : Rule.actions(config.rules(), alert)) {
            decisions.add(wanted(kind, alert, now));
        }
        return decisions;
    }

    /** What to do about an alert that wants an action. */
    Decision wanted(ActionKind kind, DriftAlert alert, Instant now) {
        Slot slot = Slot.of(kind, alert);
        Decision decision = decide(slot, now);
        if (decision.verdict() == Verdict.BEGIN || decision.verdict() == Verdict.JOIN) {
            hold(slot, alert.alertId());
        }
        return decision;
    }

    private Decision decide(Slot slot, Instant now) {
        ActionKind kind = slot.kind();
        if (!config.on() || config.off().contains(kind)) {
            return new Decision(kind, Verdict.OFF, config.on() ? "drift.actions-off" : "drift.actions is false", now);
        }
        Set<String> held = holders.get(slot);
        if (held != null) {
            return new Decision(kind, Verdict.JOIN, "with " + held.iterator().next(), now);
        }
        Instant again = cooled(slot);
        if (now.isBefore(again)) {
            return new Decision(kind, Verdict.COOLING, "not before " + again + ", and then if it lasts", again);
        }
        return new Decision(kind, Verdict.BEGIN, "", now);
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

    /** When an action may begin again. */
    Instant cooled(Slot slot) {
        Instant last = ended.get(slot);
        return last == null ? Instant.MIN : last.plus(config.coolDown());
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
