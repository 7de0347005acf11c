package coldstream.app.drift;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.chart.StepChart;
import coldstream.app.chart.TimeChart.Line;
import coldstream.app.chart.TimeChart.Point;
import coldstream.app.drift.DriftStory.Told;
import coldstream.app.drift.DriftStory.Watched;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reads the page back as XML. */
final class DriftPageTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void itTellsWhatWasRaisedAndDrawsWhatWasWatched() throws Exception {
        String html = DriftPage.of(story(List.of(told("a <b> & \"c\""))));
        Document page = parsed(html);

        assertThat(texts(page, "td"))
                .contains(
                        "2024-01-11 00:00",
                        "10",
                        "tail_share input",
                        "all",
                        "psi",
                        "0.3100",
                        "0.1000",
                        "a <b> & \"c\"");
        assertThat(texts(page, "strong")).containsExactly("1 alarm in 18.0 days.");
        assertThat(texts(page, "h2")).containsExactly("Alarms", "Quality by stratum", "Signals", "Reference and now");
        assertThat(texts(page, "h3")).containsExactly("input");
        assertThat(attributes(page, "svg", "aria-label"))
                .containsExactly("AUC by stratum over time", "signals of the layer input", "history length, all");
        assertThat(html).contains("tail_share, all, by psi", "Known to change: sudden at 2024-01-10 00:00.");
    }

    @Test
    void nothingComesFromElsewhereAndNothingRuns() throws Exception {
        Document page = parsed(DriftPage.of(story(List.of(told("all is well")))));

        NodeList all = page.getElementsByTagName("*");
        for (int place = 0; place < all.getLength(); place++) {
            Element element = (Element) all.item(place);
            assertThat(element.getTagName()).isNotIn("script", "link", "img", "iframe", "object", "image", "use");
            assertThat(element.hasAttribute("src")).isFalse();
            assertThat(element.getAttribute("href")).matches("(#.*)?");
            assertThat(element.getAttribute("style") + element.getTextContent()).doesNotContain("url(", "@import");
        }
        assertThat(attributes(page, "meta", "content")).contains("default-src 'none'; style-src 'unsafe-inline'");
    }

    @Test
    void whereNothingWasRaisedItSaysSo() throws Exception {
        Document page = parsed(DriftPage.of(story(List.of())));

        assertThat(texts(page, "strong")).containsExactly("Nothing was raised.");
        assertThat(texts(page, "td")).isEmpty();
        assertThat(texts(page, "p")).anyMatch(text -> text.startsWith("Nothing was raised: no signal"));
    }

    @Test
    void aStreamTooShortForAnythingStillGivesAPage() throws Exception {
        DriftStory empty = new DriftStory(
                "tiny", "nobody", 3, START, START, START, Map.of(), List.of(), List.of(), List.of(), List.of());

        assertThat(texts(parsed(DriftPage.of(empty)), "p"))
                .anyMatch(text -> text.startsWith("Too few events"))
                .anyMatch(text -> text.startsWith("No signal had enough values"))
                .anyMatch(text -> text.startsWith("No signal has a reference yet"));
    }

    private static DriftStory story(List<Told> alarms) {
        List<Point> statistic = new ArrayList<>();
        List<Point> threshold = new ArrayList<>();
        for (int day = 0; day < 20; day++) {
            statistic.add(new Point(day(day), day < 10 ? 0.02 : 0.31));
            threshold.add(new Point(day(day), day == 3 ? Double.NaN : 0.1));
        }
        return new DriftStory(
                "a shop",
                "dcnv2",
                20,
                START,
                day(20),
                day(2),
                Map.of("sudden", day(9)),
                List.of(new Line("overall", false, statistic)),
                List.of(new Watched("input", "tail_share", "all", "psi", statistic, threshold)),
                alarms,
                List.of(new StepChart(
                        "history length, all", List.of(0.0, 1.0, 2.0), List.of(0.5, 0.5), List.of(0.9, 0.1))));
    }

    private static Told told(String message) {
        return new Told(day(10), 10, "input", "tail_share", "all", "psi", 0.31, 0.1, message);
    }

    private static Instant day(int day) {
        return START.plusSeconds(86_400L * day);
    }

    private static Document parsed(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document page, String tag) {
        List<String> found = new ArrayList<>();
        NodeList all = page.getElementsByTagName(tag);
        for (int place = 0; place < all.getLength(); place++) {
            found.add(all.item(place).getTextContent());
        }
        return found;
    }

    private static List<String> attributes(Document page, String tag, String name) {
        List<String> found = new ArrayList<>();
        NodeList all = page.getElementsByTagName(tag);
        for (int place = 0; place < all.getLength(); place++) {
            found.add(((Element) all.item(place)).getAttribute(name));
        }
        return found;
    }
}
