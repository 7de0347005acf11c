package coldstream.monitor.action;

import static coldstream.domain.Check.check;

import coldstream.domain.DriftAlert;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What to do about which signals: {@code layer[/signal[/stratum]]=action[+action]}, or {@code none} for nothing. Of several that
 * speak of a signal the one that names most of it counts, of those the first.
 *
 * @param signals layer, then name, then stratum, as far as named
 */
public record Rule(List<String> signals, List<ActionKind> actions) {

    public Rule {
        signals = List.copyOf(signals);
        actions = List.copyOf(actions);
    }

    /** @throws IllegalArgumentException with the rule, for what is none */
    public static Rule parse(String text) {
        int equals = text.indexOf('=');
        String left = text.substring(0, Math.max(0, equals)).strip();
        check(
                left.matches("[a-z0-9_.-]+(/[a-z0-9_.-]+){0,2}"),
                "a rule must read layer/signal/stratum=action+action, got %s",
                text);
        String right = text.substring(equals + 1).strip();
        List<ActionKind> actions = right.equals("none")
                ? List.of()
                : Arrays.stream(right.split("\\+", -1))
                        .map(String::strip)
                        .map(ActionKind::parse)
                        .distinct()
                        .toList();
        return new Rule(List.of(left.split("/", -1)), actions);
    }

    /** What to do about an alert. */
    static List<ActionKind> actions(List<Rule> rules, DriftAlert alert) {
        return actions(rules, alert.layer(), alert.signal(), alert.stratum());
    }

    /** What to do about an alarm of a signal. */
    public static List<ActionKind> actions(List<Rule> rules, String layer, String signal, String stratum) {
        List<String> full = List.of(layer, signal, stratum);
        return rules.stream()
                .filter(rule -> full.subList(0, rule.signals.size()).equals(rule.signals))
                .max(Comparator.comparingInt((Rule rule) -> rule.signals.size())
                        .thenComparing(Comparator.comparingInt(rules::indexOf).reversed()))
                .map(Rule::actions)
                .orElse(List.of());
    }
}
