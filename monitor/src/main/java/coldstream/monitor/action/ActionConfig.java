package coldstream.monitor.action;

import static coldstream.domain.Check.check;

import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.wire.Directive;
import java.time.Duration;
import java.util.List;

/**
 * What is done about drifts, and how much of it.
 *
 * @param on whether anything is done at all
 * @param off what is not done
 * @param coolDown least time between the end of an action and its next beginning
 * @param raiseFactor by which learning rates are multiplied
 * @param raiseSamples for how many samples
 * @param freezeTime after which a freeze ends by itself
 * @param freshScores most users asked about at once
 * @param attempts most tries of an action
 * @param pause before the second try; doubles each time
 */
public record ActionConfig(
        boolean on,
        List<ActionKind> off,
        List<Rule> rules,
        Duration coolDown,
        double raiseFactor,
        long raiseSamples,
        Duration freezeTime,
        int freshScores,
        int attempts,
        Duration pause) {

    static final Setting<Boolean> ON =
            Setting.ofBoolean("drift.actions", true, "do something about drifts; false: alarms alone");

    static final Setting<List<String>> OFF =
            Setting.ofList("drift.actions-off", List.of(), "actions that no rule may take, such as roll-back");

    static final Setting<List<String>> RULES = Setting.ofList(
            "drift.rules",
            List.of(
                    "input/label=freeze-promotion",
                    "input/strength=freeze-promotion",
                    "input/category=freeze-promotion",
                    "outcome/logloss=freeze-promotion",
                    "outcome/auc=freeze-promotion",
                    "outcome/live_against_champion=freeze-promotion",
                    "guidance/agreement=reset-gate+fresh-scores",
                    "guidance/answer_auc=reset-gate+fresh-scores",
                    "guidance/llm_score=fresh-scores"),
            "what to do about which drift: layer[/signal[/stratum]]=action[+action], actions raise-rates,"
                    + " freeze-promotion, reset-gate, fresh-scores, roll-back or none; the rule that names most counts");

    static final Setting<Duration> COOL_DOWN = Setting.ofDuration(
            "drift.cool-down", Duration.ofMinutes(30), "an action that ended is not taken again for this long");

    static final Setting<Double> RAISE_FACTOR =
            Setting.ofDouble("drift.raise-factor", 1.5, "times", "raise-rates: learning rates over what is set");

    static final Setting<Long> RAISE_SAMPLES =
            Setting.ofLong("drift.raise-samples", 5_000, "samples", "raise-rates: samples after which it ends");

    static final Setting<Duration> FREEZE_TIME = Setting.ofDuration(
            "drift.freeze-time", Duration.ofHours(1), "freeze-promotion: ends after this, or when the alarm closes");

    static final Setting<Integer> FRESH_SCORES =
            Setting.ofInt("drift.fresh-scores", 200, "users", "fresh-scores: most users asked about at once");

    static final Setting<Integer> ATTEMPTS =
            Setting.ofInt("drift.attempts", 5, "tries", "most tries of an action that fails");

    static final Setting<Duration> PAUSE = Setting.ofDuration(
            "drift.retry-pause", Duration.ofSeconds(2), "pause before an action is tried again; doubles each time");

    public static final List<Setting<?>> SETTINGS =
            List.of(ON, OFF, RULES, COOL_DOWN, RAISE_FACTOR, RAISE_SAMPLES, FREEZE_TIME, FRESH_SCORES, ATTEMPTS, PAUSE);

    public ActionConfig {
        off = List.copyOf(off);
        rules = List.copyOf(rules);
        check(!coolDown.isNegative(), "drift.cool-down must not be negative, got %s", coolDown);
        check(
                raiseFactor > 1 && raiseFactor <= Directive.LARGEST_FACTOR,
                "drift.raise-factor must be above 1 and at most 10, got %s",
                raiseFactor);
        check(raiseSamples >= 1, "drift.raise-samples must be at least 1, got %d", raiseSamples);
        check(freezeTime.toSeconds() >= 1, "drift.freeze-time must be at least 1 s, got %s", freezeTime);
        check(
                freshScores >= 0 && freshScores <= 100_000,
                "drift.fresh-scores must be 0 to 100000, got %d",
                freshScores);
        check(attempts >= 1 && attempts <= 100, "drift.attempts must be 1 to 100, got %d", attempts);
        check(!pause.isNegative(), "drift.retry-pause must not be negative, got %s", pause);
    }

    public static ActionConfig from(Settings settings) {
        return new ActionConfig(
                settings.get(ON),
                settings.get(OFF).stream().map(ActionKind::parse).toList(),
                settings.get(RULES).stream().map(Rule::parse).toList(),
                settings.get(COOL_DOWN),
                settings.get(RAISE_FACTOR),
                settings.get(RAISE_SAMPLES),
                settings.get(FREEZE_TIME),
                settings.get(FRESH_SCORES),
                settings.get(ATTEMPTS),
                settings.get(PAUSE));
    }
}
