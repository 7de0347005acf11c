package coldstream.app.registry;

import coldstream.app.Columns;
import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import coldstream.wire.PromotionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** Where a promotion stands, for people. */
final class PromotionText {

    private PromotionText() {}

    /** The standing in a few lines. */
    static String of(PromotionView view) {
        var text = new StringBuilder();
        line(text, "model %s", view.model());
        line(text, "champion   %s", view.champion().orElse("none"));
        view.previous().ifPresent(version -> line(text, "before it  %s", version));
        view.watched().ifPresent(until -> line(text, "           compared with the one before it until %s", until));
        view.candidate()
                .filter(version -> !view.canary().equals(Optional.of(version)))
                .ifPresent(version -> line(text, "on trial   %s", version));
        view.canary()
                .ifPresent(version -> line(
                        text,
                        "canary     %s for %s of the users",
                        version,
                        view.canaryShare().map(share -> 100 * share + " %").orElse("an unknown share")));
        view.pending()
                .ifPresent(waiting -> line(
                        text,
                        "waits      %s for a person since %s: %s",
                        waiting.version(),
                        waiting.since(),
                        waiting.why()));
        view.freeze()
                .ifPresent(freeze -> line(
                        text,
                        "frozen     since %s%s by %s: %s",
                        freeze.since(),
                        freeze.until().map(end -> " until " + end).orElse(""),
                        freeze.who(),
                        freeze.reason()));
        view.coolDown().ifPresent(end -> line(text, "cools down until %s, nothing is promoted by the rules", end));
        return text.toString();
    }

    /** What was measured, a line a stratum. */
    static String of(Evidence evidence) {
        var text = new StringBuilder();
        line(
                text,
                "%s against version %s, the same events, %d steps judged from %s to %s",
                evidence.arm().equals(Evidence.LIVE) ? "live weights" : "version " + evidence.arm(),
                evidence.baseline(),
                evidence.steps(),
                evidence.from(),
                evidence.to());
        List<List<String>> rows = new ArrayList<>();
        new TreeMap<>(evidence.strata()).forEach((stratum, found) -> rows.add(row(stratum, found)));
        text.append(Columns.of(
                List.of(
                        "stratum",
                        "AUC",
                        "other's",
                        "difference",
                        "95 % interval",
                        "logloss",
                        "other's",
                        "calibr.",
                        "other's",
                        "events",
                        "users"),
                rows));
        return text.toString();
    }

    private static List<String> row(String stratum, PairedMetrics found) {
        return List.of(
                stratum,
                number("%.4f", found.auc()),
                number("%.4f", found.baselineAuc()),
                number("%+.4f", found.difference()),
                "[" + number("%+.4f", found.low(PairedMetrics.DEVIATIONS)) + ", "
                        + number("%+.4f", found.high(PairedMetrics.DEVIATIONS)) + "]",
                number("%.4f", found.logloss()),
                number("%.4f", found.baselineLogloss()),
                number("%.3f", found.calibration()),
                number("%.3f", found.baselineCalibration()),
                Long.toString(found.events()),
                Long.toString(found.users()));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
