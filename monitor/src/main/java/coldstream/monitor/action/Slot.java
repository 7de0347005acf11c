package coldstream.monitor.action;

import coldstream.domain.DriftAlert;

/**
 * What can be in effect once: an action, and of fresh scores one for each stratum, since they are of its users.
 *
 * @param stratum empty where the action is of the whole model
 */
record Slot(ActionKind kind, String stratum) {

    static Slot of(ActionKind kind, DriftAlert alert) {
        return new Slot(kind, kind == ActionKind.FRESH_SCORES ? alert.stratum() : "");
    }
}
