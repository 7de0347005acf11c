package coldstream.registry.promotion;

import static coldstream.domain.Check.check;

import coldstream.domain.StratumMetrics;
import coldstream.service.Setting;
import coldstream.service.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a version may serve where nothing was measured on the same events: it must not be worse in any stratum.
 *
 * <p>Both versions bring the prequential AUC of their own window. With difference d = candidate − champion and h the half
 * width of its 95 % interval,
 *
 * <pre>
 * h = √((high − AUC)² of the candidate + (AUC − low)² of the champion)        the windows share no event
 * worse  ⇔  d + h &lt; −margin
 * </pre>
 *
 * <p>A stratum with too few events on either side decides nothing. A candidate nothing speaks against is promoted: it has
 * learnt more than the champion.
 *
 * <p>The windows hold different events, so a stream that became harder looks like a model that became worse. A broken model
 * falls far, a stream falls a little and stays there: once {@code patience} versions in a row were kept back, the next is
 * promoted unless it is worse by more than {@code limit}.
 *
 * @param margin of AUC that is no loss, in [0, 1]
 * @param minEvidence events a stratum needs in both windows, at least 1
 * @param patience versions kept back in a row before the stream is held to have changed, at least 1
 * @param limit of AUC beyond which no patience helps, in [margin, 1]
 */
record WindowRule(double margin, long minEvidence, int patience, double limit) {

    /**
     * What was decided, with the numbers.
     *
     * @param details for the audit, by name
     */
    record Decision(boolean promoted, String why, Map<String, String> details) {}

    static final Setting<Double> MARGIN = Setting.ofDouble(
            "registry.promotion-margin",
            0.05,
            "AUC",
            "how much worse a stratum's own window may be, where nothing was measured on the same events");
    static final Setting<Integer> PATIENCE = Setting.ofInt(
            "registry.promotion-patience",
            3,
            "versions",
            "versions kept back by their windows in a row before a lasting fall is held to be the stream's");
    static final Setting<Double> LIMIT = Setting.ofDouble(
            "registry.promotion-limit", 0.1, "AUC", "fall beyond which no version is promoted by its window");

    static final List<Setting<?>> SETTINGS = List.of(MARGIN, PATIENCE, LIMIT);

    WindowRule {
        check(margin >= 0 && margin <= 1, "registry.promotion-margin must be in [0, 1], got %s", margin);
        check(minEvidence >= 1, "registry.promotion-min-evidence must be at least 1, got %d", minEvidence);
        check(patience >= 1, "registry.promotion-patience must be at least 1, got %d", patience);
        check(
                limit >= margin && limit <= 1,
                "registry.promotion-limit must be in [registry.promotion-margin, 1], got %s",
                limit);
    }

    static WindowRule from(Settings settings) {
        return new WindowRule(
                settings.get(MARGIN),
                settings.get(PromotionRules.MIN_EVIDENCE),
                settings.get(PATIENCE),
                settings.get(LIMIT));
    }

    /** The first version: anything is better than no answer. */
    Decision first(Map<String, StratumMetrics> candidate) {
        long events =
                candidate.containsKey("overall") ? candidate.get("overall").n() : 0;
        return new Decision(true, "there is no champion yet", Map.of("candidate.events", Long.toString(events)));
    }

    /**
     * @param champion metrics of the champion's window, by stratum
     * @param candidate metrics of the candidate's window, by stratum
     * @param keptBack versions kept back in a row before this one
     */
    Decision decide(Map<String, StratumMetrics> champion, Map<String, StratumMetrics> candidate, int keptBack) {
        Map<String, String> details = new TreeMap<>();
        String worst = "";
        double worstHigh = -margin;
        int compared = 0;
        for (Map.Entry<String, StratumMetrics> stratum : new TreeMap<>(candidate).entrySet()) {
            StratumMetrics old = champion.get(stratum.getKey());
            StratumMetrics now = stratum.getValue();
            if (old == null || !speaks(old) || !speaks(now)) {
                continue;
            }
            compared++;
            double difference = now.auc() - old.auc();
            double high = difference + Math.hypot(now.aucHigh() - now.auc(), old.auc() - old.aucLow());
            details.put(stratum.getKey() + ".difference", number(difference));
            details.put(stratum.getKey() + ".difference_high", number(high));
            if (high < worstHigh) {
                worst = stratum.getKey();
                worstHigh = high;
            }
        }
        details.put("margin", number(margin));
        details.put("kept_back", Integer.toString(keptBack));
        if (!worst.isEmpty()) {
            String found = "worse in %s: the difference is at most %s, the margin is %s"
                    .formatted(worst, number(worstHigh), number(margin));
            boolean streamChanged = keptBack >= patience && worstHigh >= -limit;
            String why = streamChanged
                    ? "%s; but %d versions in a row were, so the stream has changed".formatted(found, keptBack)
                    : found;
            return new Decision(streamChanged, why, Map.copyOf(details));
        }
        String why = compared == 0
                ? "no stratum has enough evidence to speak against it"
                : "not worse in any of %d strata".formatted(compared);
        return new Decision(true, why, Map.copyOf(details));
    }

    private boolean speaks(StratumMetrics metrics) {
        return metrics.n() >= minEvidence
                && Double.isFinite(metrics.auc())
                && Double.isFinite(metrics.aucLow())
                && Double.isFinite(metrics.aucHigh());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
