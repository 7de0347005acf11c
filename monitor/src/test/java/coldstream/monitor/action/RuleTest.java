package coldstream.monitor.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.monitor.Alerts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {

    private static List<ActionKind> actions(String signal, String... rules) {
        return Rule.actions(Stream.of(rules).map(Rule::parse).toList(), Alerts.open(signal, 1));
    }

    @Test
    void theRuleThatNamesMostOfASignalCounts() {
        String[] rules = {
            "outcome=freeze-promotion", "outcome/logloss/cold=none", "outcome/logloss=raise-rates + reset-gate"
        };

        assertThat(actions("outcome/auc/overall", rules)).containsExactly(ActionKind.FREEZE_PROMOTION);
        assertThat(actions("outcome/logloss/overall", rules))
                .containsExactly(ActionKind.RAISE_RATES, ActionKind.RESET_GATE);
        assertThat(actions("outcome/logloss/cold", rules)).isEmpty();
        assertThat(actions("input/history/overall", rules)).isEmpty();
    }

    @Test
    void ofTwoThatNameAsMuchTheFirstCounts() {
        assertThat(actions("input/history/overall", "input=roll-back", "input=reset-gate"))
                .containsExactly(ActionKind.ROLL_BACK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "outcome", "=roll-back", "outcome=", "outcome=explode", "a/b/c/d=none", "Outcome=none"})
    void whatIsNoRuleIsRefused(String text) {
        assertThatThrownBy(() -> Rule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
