package coldstream.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.DriftAlert;
import coldstream.monitor.Alerts;
import org.junit.jupiter.api.Test;

/** What every log of alerts does. */
abstract class AlertLogContract {

    /** The log as another process opens it; of one test, always the same content. */
    abstract AlertLog open();

    @Test
    void theNewestOfEachAlertIsReadInTheOrderOpened() {
        DriftAlert first = Alerts.open("outcome/logloss/cold", 1);
        DriftAlert second = Alerts.open("input/history/overall", 2);
        try (AlertLog log = open()) {
            log.append(first);
            log.append(second);
            log.append(first.closed("it is back", Alerts.NOON));
        }
        try (AlertLog other = open()) {
            assertThat(other.read()).containsExactly(first.closed("it is back", Alerts.NOON), second);
        }
    }

    @Test
    void aNewOneIsEmpty() {
        try (AlertLog log = open()) {
            assertThat(log.read()).isEmpty();
        }
    }
}
