package coldstream.app.drift;

import static coldstream.app.chart.TimeChart.escape;

import coldstream.app.chart.StepChart;
import coldstream.app.chart.TimeChart;
import coldstream.app.chart.TimeChart.Line;
import coldstream.app.chart.TimeChart.Mark;
import coldstream.app.chart.TimeChart.Panel;
import coldstream.app.drift.DriftStory.Told;
import coldstream.app.drift.DriftStory.Watched;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A story as one HTML file that needs nothing else: no script, no network, drawings inside. */
public final class DriftPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final double SECONDS = 86_400;

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
            <title>THE TITLE</title>
            <style>
            :root { color-scheme: light dark }
            body { font: 15px/1.5 sans-serif; max-width: 960px; margin: 0 auto; padding: 16px; color: #222; background: #fff }
            h1 { font-size: 1.5em } h2 { font-size: 1.2em; margin-top: 2em } h3 { font-size: 1em }
            svg { max-width: 100%; height: auto }
            table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid #8884 }
            td:first-child { white-space: nowrap }
            .scroll { overflow-x: auto } .number { text-align: right; font-variant-numeric: tabular-nums }
            .layer { background: #8882; border-radius: 4px; padding: 0 6px } .calm { background: #8882; padding: 12px; border-radius: 6px }
            .pair { display: flex; flex-wrap: wrap; gap: 12px }
            @media (prefers-color-scheme: dark) { body { color: #ddd; background: #16181c } a { color: #8ab4f8 } }
            </style>
            </head>
            <body>
            """;

    private final DriftStory story;
    private final StringBuilder html = new StringBuilder();

    private DriftPage(DriftStory story) {
        this.story = story;
    }

    /** The whole file. */
    public static String of(DriftStory story) {
        return new DriftPage(story).page();
    }

    private String page() {
        String title = "Drift: " + story.data();
        html.append(HEAD.replace("THE TITLE", escape(title)));
        line("<h1>%s</h1>", escape(title));
        line(
                "<p>%,d events from %s to %s (UTC), learnt by %s. %s</p>",
                story.events(), time(story.from()), time(story.to()), escape(story.learner()), summary());
        line("<p><a href=\"#alarms\">Alarms</a> · <a href=\"#quality\">Quality</a> · <a href=\"#signals\">Signals</a> ·"
                + " <a href=\"#distributions\">Distributions</a></p>");
        known();
        alarms();
        quality();
        signals();
        distributions();
        html.append("</body>\n</html>\n");
        return html.toString();
    }

    private String summary() {
        double days = Duration.between(story.counted(), story.to()).toSeconds() / SECONDS;
        int alarms = story.alarms().size();
        return alarms == 0
                ? "<strong>Nothing was raised.</strong>"
                : text("<strong>%d alarm%s in %.1f days.</strong>", alarms, alarms == 1 ? "" : "s", days);
    }

    private void known() {
        story.known().forEach((what, when) -> line("<p>Known to change: %s at %s.</p>", escape(what), time(when)));
    }

    private void alarms() {
        line("<h2 id=\"alarms\">Alarms</h2>");
        line("<p>What came before %s was the learner's beginning and does not count.</p>", time(story.counted()));
        if (story.alarms().isEmpty()) {
            line(
                    "<p class=\"calm\">Nothing was raised: no signal went beyond what its reference and its own past allow.</p>");
            return;
        }
        line(
                "<div class=\"scroll\"><table><thead><tr><th>time</th><th class=\"number\">event</th><th>signal</th><th>stratum</th>"
                        + "<th>detector</th><th class=\"number\">statistic</th><th class=\"number\">threshold</th><th>what it means</th></tr>"
                        + "</thead><tbody>");
        for (Told told : story.alarms()) {
            line(
                    "<tr><td>%s</td><td class=\"number\">%,d</td><td>%s <span class=\"layer\">%s</span></td><td>%s</td><td>%s</td>"
                            + "<td class=\"number\">%.4g</td><td class=\"number\">%.4g</td><td>%s</td></tr>",
                    time(told.time()),
                    told.event(),
                    escape(told.signal()),
                    escape(told.layer()),
                    escape(told.stratum()),
                    escape(told.detector()),
                    told.statistic(),
                    told.threshold(),
                    escape(told.message()));
        }
        line("</tbody></table></div>");
    }

    private void quality() {
        line("<h2 id=\"quality\">Quality by stratum</h2>");
        if (story.areas().isEmpty()) {
            line("<p class=\"calm\">Too few events for an area under the curve.</p>");
            return;
        }
        line("<p>Area under the ROC curve of predictions made before learning from them. Orange lines are alarms.</p>");
        html.append(new TimeChart(
                        "AUC by stratum over time",
                        List.of(new Panel("AUC", story.from(), story.to(), story.areas(), marks(story.alarms()))))
                .inline());
    }

    private List<Mark> marks(List<Told> alarms) {
        List<Mark> marks = new ArrayList<>();
        alarms.forEach(told -> marks.add(new Mark(told.time(), told.message(), true)));
        story.known().forEach((what, when) -> marks.add(new Mark(when, what, false)));
        return marks;
    }

    private void signals() {
        line("<h2 id=\"signals\">Signals</h2>");
        if (story.signals().isEmpty()) {
            line("<p class=\"calm\">No signal had enough values to be looked at.</p>");
            return;
        }
        line(
                "<p>A statistic and, dashed, what it may be. A statistic above is an alarm only if it stays out of the ordinary when"
                        + " all signals are looked at together.</p>");
        Map<String, List<Watched>> byLayer = new LinkedHashMap<>();
        story.signals().forEach(watched -> byLayer.computeIfAbsent(watched.layer(), layer -> new ArrayList<>())
                .add(watched));
        byLayer.forEach((layer, all) -> {
            line("<h3>%s</h3>", escape(layer));
            List<Panel> panels = new ArrayList<>();
            for (Watched watched : all) {
                panels.add(new Panel(
                        watched.name(),
                        story.from(),
                        story.to(),
                        List.of(
                                new Line("statistic", false, watched.statistic()),
                                new Line("threshold", true, watched.threshold())),
                        marks(raisedBy(watched))));
            }
            html.append(new TimeChart("signals of the layer " + layer, panels).inline());
        });
    }

    private List<Told> raisedBy(Watched watched) {
        return story.alarms().stream()
                .filter(told -> told.signal().equals(watched.signal())
                        && told.stratum().equals(watched.stratum())
                        && told.detector().equals(watched.detector()))
                .toList();
    }

    private void distributions() {
        line("<h2 id=\"distributions\">Reference and now</h2>");
        if (story.distributions().isEmpty()) {
            line("<p class=\"calm\">No signal has a reference yet: the stream was too short for one.</p>");
            return;
        }
        line("<p>Grey: what the model in use had learnt from. Blue: the end of the stream.</p><div class=\"pair\">");
        for (StepChart chart : story.distributions()) {
            html.append(chart.inline());
        }
        line("</div>");
    }

    private static String time(Instant time) {
        return TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    @com.google.errorprone.annotations.FormatMethod
    private void line(String format, Object... values) {
        html.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    @com.google.errorprone.annotations.FormatMethod
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
