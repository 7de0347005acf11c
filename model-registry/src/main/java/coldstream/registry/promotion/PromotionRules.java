package coldstream.registry.promotion;

import static coldstream.domain.Check.check;

import coldstream.service.Setting;
import coldstream.service.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What decides which version serves.
 *
 * @param automatic whether versions are promoted without a person
 * @param promotion what a candidate is held to beside the champion
 * @param rollback what a champion is held to beside the one before it
 * @param rollsBack whether a champion that is worse than the one before it is taken back
 * @param windows decides where there is no evidence on the same events
 * @param withoutEvidence what happens where there is none
 * @param evidenceWait after which a trial without any evidence is one without evidence; 0 waits for none
 * @param trialLimit after which a trial ends whatever was shown
 * @param canaryShare of the users that a candidate serves before it is champion, in [0, 1); 0 for no canary
 * @param canaryTime how long it does
 * @param approval whether a person has to approve what the rule would promote
 * @param watchTime how long a champion is compared with the one before it
 * @param coolDown after a rollback, nothing is promoted by the rule for so long
 */
public record PromotionRules(
        boolean automatic,
        EvidenceRule promotion,
        EvidenceRule rollback,
        boolean rollsBack,
        WindowRule windows,
        WithoutEvidence withoutEvidence,
        Duration evidenceWait,
        Duration trialLimit,
        double canaryShare,
        Duration canaryTime,
        boolean approval,
        Duration watchTime,
        Duration coolDown) {

    /** What happens to a candidate about which nothing was measured. */
    public enum WithoutEvidence {
        /** The windows of candidate and champion decide, which hold different events. */
        WINDOWS,
        /** The champion stays; the candidate makes room for a newer one. */
        WAIT
    }

    static final Setting<Boolean> PROMOTE = Setting.ofBoolean(
            "registry.promote", true, "whether a new version becomes champion when the rules allow it");
    static final Setting<List<String>> THRESHOLDS = Setting.ofList(
            "registry.promotion-thresholds",
            List.of(
                    "auc=0.02",
                    "overall.auc=0.01",
                    "tail.auc=1",
                    "overall.logloss=0.05",
                    "overall.calibration-low=0.5",
                    "overall.calibration-high=2"),
            "how much worse than the champion is still not worse, [stratum.]measure=number");
    static final Setting<Double> ERROR = Setting.ofDouble(
            "registry.promotion-error",
            0.05,
            "chance",
            "that a candidate at a threshold is ever promoted, or ever kept back, by chance, whatever the number of looks");
    static final Setting<List<String>> REQUIRED = Setting.ofList(
            "registry.promotion-required", List.of("overall"), "strata in which a candidate must be shown to be good");
    static final Setting<Long> MIN_EVIDENCE =
            Setting.ofLong("registry.promotion-min-evidence", 100, "events", "events a stratum needs before it speaks");
    static final Setting<Long> MIN_POSITIVES = Setting.ofLong(
            "registry.promotion-min-positives", 50, "positives", "positives a stratum needs before it speaks");
    static final Setting<Long> MIN_USERS =
            Setting.ofLong("registry.promotion-min-users", 30, "users", "users a stratum needs before it speaks");
    static final Setting<WithoutEvidence> WITHOUT = Setting.ofEnum(
            "registry.promotion-without-evidence",
            WithoutEvidence.WINDOWS,
            "what decides about a candidate nothing was measured of");
    static final Setting<Duration> EVIDENCE_WAIT = Setting.ofDuration(
            "registry.evidence-wait",
            Duration.ofSeconds(20),
            "how long a candidate waits for the first evidence; 0 s for none");
    static final Setting<Duration> TRIAL_LIMIT = Setting.ofDuration(
            "registry.trial-limit", Duration.ofMinutes(10), "after which a trial ends, whatever was shown");
    static final Setting<Double> CANARY_SHARE = Setting.ofDouble(
            "registry.canary-share", 0, "of users", "users a candidate serves before it is champion; 0 for no canary");
    static final Setting<Duration> CANARY_TIME = Setting.ofDuration(
            "registry.canary-time", Duration.ofMinutes(10), "how long a candidate serves them at least");
    static final Setting<Boolean> APPROVAL = Setting.ofBoolean(
            "registry.approval", false, "whether a person has to approve what the rules would promote");
    static final Setting<Boolean> ROLLBACK = Setting.ofBoolean(
            "registry.rollback", true, "whether a champion that is worse than the one before is taken back");
    static final Setting<List<String>> ROLLBACK_THRESHOLDS = Setting.ofList(
            "registry.rollback-thresholds",
            List.of("auc=0.03", "overall.auc=0.015", "tail.auc=1", "overall.logloss=0.1"),
            "how much worse than the champion before is still no reason to go back, [stratum.]measure=number");
    static final Setting<Double> ROLLBACK_ERROR = Setting.ofDouble(
            "registry.rollback-error",
            0.01,
            "chance",
            "that a version at a threshold is ever gone back from by chance, whatever the number of looks");
    static final Setting<Duration> WATCH_TIME = Setting.ofDuration(
            "registry.watch-time", Duration.ofMinutes(30), "how long a champion is compared with the one before");
    static final Setting<Duration> COOL_DOWN = Setting.ofDuration(
            "registry.cool-down", Duration.ofMinutes(10), "after a rollback, nothing is promoted by the rules for");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = settings();

    public PromotionRules {
        check(!evidenceWait.isNegative(), "registry.evidence-wait must not be negative, got %s", evidenceWait);
        check(!trialLimit.isNegative(), "registry.trial-limit must not be negative, got %s", trialLimit);
        check(canaryShare >= 0 && canaryShare < 1, "registry.canary-share must be in [0, 1), got %s", canaryShare);
        check(!canaryTime.isNegative(), "registry.canary-time must not be negative, got %s", canaryTime);
        check(!watchTime.isNegative(), "registry.watch-time must not be negative, got %s", watchTime);
        check(!coolDown.isNegative(), "registry.cool-down must not be negative, got %s", coolDown);
    }

    public static PromotionRules from(Settings settings) {
        List<String> required = settings.get(REQUIRED);
        required.forEach(stratum -> Thresholds.checkStratum(REQUIRED.key(), stratum));
        return new PromotionRules(
                settings.get(PROMOTE),
                rule(settings, THRESHOLDS, ERROR, required),
                rule(settings, ROLLBACK_THRESHOLDS, ROLLBACK_ERROR, List.of()),
                settings.get(ROLLBACK),
                WindowRule.from(settings),
                settings.get(WITHOUT),
                settings.get(EVIDENCE_WAIT),
                settings.get(TRIAL_LIMIT),
                settings.get(CANARY_SHARE),
                settings.get(CANARY_TIME),
                settings.get(APPROVAL),
                settings.get(WATCH_TIME),
                settings.get(COOL_DOWN));
    }

    private static EvidenceRule rule(
            Settings settings, Setting<List<String>> thresholds, Setting<Double> error, List<String> required) {
        return new EvidenceRule(
                Thresholds.parse(thresholds.key(), settings.get(thresholds)),
                intervals(error.key(), settings.get(error)),
                settings.get(MIN_EVIDENCE),
                settings.get(MIN_POSITIVES),
                settings.get(MIN_USERS),
                required);
    }

    private static AlwaysValid intervals(String setting, double error) {
        check(error > 0 && error < 0.5, "%s must be in (0, 0.5), got %s", setting, error);
        return new AlwaysValid(error);
    }

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(List.of(
                PROMOTE,
                THRESHOLDS,
                ERROR,
                REQUIRED,
                MIN_EVIDENCE,
                MIN_POSITIVES,
                MIN_USERS,
                WITHOUT,
                EVIDENCE_WAIT,
                TRIAL_LIMIT,
                CANARY_SHARE,
                CANARY_TIME,
                APPROVAL,
                ROLLBACK,
                ROLLBACK_THRESHOLDS,
                ROLLBACK_ERROR,
                WATCH_TIME,
                COOL_DOWN));
        all.addAll(WindowRule.SETTINGS);
        return List.copyOf(all);
    }

    private static String shown(Intervals intervals) {
        return intervals instanceof AlwaysValid valid ? "" + valid.error() : intervals.toString();
    }

    /** For people, by the setting's name. */
    public Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        shown.put(PROMOTE.key(), "" + automatic);
        shown.put(THRESHOLDS.key(), promotion.thresholds().toString());
        shown.put(ERROR.key(), shown(promotion.intervals()));
        shown.put(REQUIRED.key(), String.join(",", promotion.required()));
        shown.put(MIN_EVIDENCE.key(), "" + promotion.minEvents());
        shown.put(MIN_POSITIVES.key(), "" + promotion.minPositives());
        shown.put(MIN_USERS.key(), "" + promotion.minUsers());
        shown.put(WITHOUT.key(), withoutEvidence.name().toLowerCase(Locale.ROOT));
        shown.put(EVIDENCE_WAIT.key(), evidenceWait.toString());
        shown.put(TRIAL_LIMIT.key(), trialLimit.toString());
        shown.put(CANARY_SHARE.key(), "" + canaryShare);
        shown.put(CANARY_TIME.key(), canaryTime.toString());
        shown.put(APPROVAL.key(), "" + approval);
        shown.put(ROLLBACK.key(), "" + rollsBack);
        shown.put(ROLLBACK_THRESHOLDS.key(), rollback.thresholds().toString());
        shown.put(ROLLBACK_ERROR.key(), shown(rollback.intervals()));
        shown.put(WATCH_TIME.key(), watchTime.toString());
        shown.put(COOL_DOWN.key(), coolDown.toString());
        shown.put(WindowRule.MARGIN.key(), "" + windows.margin());
        shown.put(WindowRule.PATIENCE.key(), "" + windows.patience());
        shown.put(WindowRule.LIMIT.key(), "" + windows.limit());
        return shown;
    }
}
