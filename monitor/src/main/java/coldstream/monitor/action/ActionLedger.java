package coldstream.monitor.action;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Action.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
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
public final class ActionLedger {

    private final ActionConfig config;
    private final Map<ActionKind, Set<String>> holders = new EnumMap<>(ActionKind.class);
    private final Map<ActionKind, Instant> ended = new EnumMap<>(ActionKind.class);

    public ActionLedger(ActionConfig config) {
        this.config = config;
    }

    /** What becomes of an action that a rule wants. */
    public enum Verdict {
        BEGIN,
        /** It is in effect, or on its way, for another alarm. */
        JOIN,
        COOLING,
        OFF
    }

    /** @param why in words, unless it begins */
    public record Decision(ActionKind kind, Verdict verdict, String why) {}

    /** What to do about an alert that was opened. */
    public List<Decision> opened(DriftAlert alert, Instant now) {
        List<Decision> decisions = new ArrayList<>();
        for (ActionKind kind : Rule.actions(config.rules(), alert)) {
            Decision decision = decide(kind, now);
            if (decision.verdict() == Verdict.BEGIN || decision.verdict() == Verdict.JOIN) {
                hold(kind, alert.alertId());
            }
            decisions.add(decision);
        }
        return decisions;
    }

    private Decision decide(ActionKind kind, Instant now) {
        if (!config.on() || config.off().contains(kind)) {
            return new Decision(kind, Verdict.OFF, config.on() ? "drift.actions-off" : "drift.actions is false");
        }
        Set<String> held = holders.get(kind);
        if (held != null) {
            return new Decision(kind, Verdict.JOIN, "with " + held.iterator().next());
        }
        Instant last = ended.get(kind);
        if (last != null && now.isBefore(last.plus(config.coolDown()))) {
            return new Decision(kind, Verdict.COOLING, "not again before " + last.plus(config.coolDown()));
        }
        return new Decision(kind, Verdict.BEGIN, "");
    }

    private void hold(ActionKind kind, String alertId) {
        holders.computeIfAbsent(kind, none -> new LinkedHashSet<>()).add(alertId);
    }

    /** The alerts that want an action which is in effect or on its way, the first first. */
    public List<String> holders(ActionKind kind) {
        return List.copyOf(holders.getOrDefault(kind, Set.of()));
    }

    /**
     * An alert wants an action no more.
     *
     * @return whether no other one does: it is to be ended
     */
    public boolean release(ActionKind kind, String alertId, Instant now) {
        Set<String> held = holders.get(kind);
        if (held == null || !held.remove(alertId) || !held.isEmpty()) {
            return false;
        }
        over(kind, now);
        return true;
    }

    /** An action is in effect no more, complete, or failed. */
    public void over(ActionKind kind, Instant now) {
        holders.remove(kind);
        ended.put(kind, now);
    }

    /** Continues from what alerts say was done. */
    public void adopt(List<DriftAlert> alerts) {
        for (DriftAlert alert : alerts) {
            for (DriftAlert.Action action : alert.actions()) {
                ActionKind kind = ActionKind.parse(action.name());
                boolean wanted =
                        action.outcome() == Outcome.STARTED || (action.outcome() == Outcome.PENDING && alert.open());
                if (wanted) {
                    hold(kind, alert.alertId());
                } else if (action.outcome() == Outcome.ENDED || action.outcome() == Outcome.FAILED) {
                    ended.merge(
                            kind,
                            action.at(),
                            (one, other) -> Objects.requireNonNull(one).isAfter(other) ? one : other);
                }
            }
        }
    }
}
