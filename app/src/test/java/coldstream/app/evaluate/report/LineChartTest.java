package coldstream.app.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reads the drawing back as XML and undoes the scale. */
final class LineChartTest {

    private static final List<Double> RISING = List.of(0.7, 0.72, Double.NaN, 0.8, 0.78);
    private static final List<Double> LEVEL = List.of(0.75, 0.75, 0.75, 0.75, 0.75);

    @Test
    void everyValueIsDrawnAtItsPlaceAndGapsStayOpen() throws Exception {
        Document svg = drawn("a");

        List<String> paths = lines(svg);
        assertThat(paths).hasSize(2);
        assertThat(paths.get(0)).matches("M[\\d. ]+ L[\\d. ]+ M[\\d. ]+ L[\\d. ]+");
        List<double[]> points = points(paths.get(0));
        List<double[]> level = points(paths.get(1));
        assertThat(points).hasSize(4);
        assertThat(level).extracting(point -> point[1]).containsOnly(level.get(0)[1]);
        double perUnit = (points.get(0)[1] - points.get(2)[1]) / (0.8 - 0.7);
        assertThat(points.get(0)[1] - level.get(0)[1]).isCloseTo(perUnit * 0.05, within(0.2));
        assertThat(points.get(2)[0] - points.get(1)[0])
                .as("two steps over the gap")
                .isCloseTo(2 * (points.get(1)[0] - points.get(0)[0]), within(0.2));
    }

    @Test
    void namesAndNotesAreTextAndNoMarkup() throws Exception {
        Document svg = drawn("a < b & c");

        assertThat(texts(svg, "text")).contains("a < b & c", "AUC, cold", "events", "1,000", "5,000");
        assertThat(texts(svg, "metadata")).containsExactly("seed=1 & more");
        assertThat(texts(svg, "title")).containsExactly("over time");
    }

    @Test
    void nothingComesFromElsewhere() throws Exception {
        String text = chart("a").svg();

        assertThat(text).doesNotContain("href", "url(", "@import").contains("prefers-color-scheme: dark");
    }

    @Test
    void aPanelWithoutValuesIsStillDrawn() throws Exception {
        var empty = new LineChart.Panel("none", 0, 10, List.of(List.of(Double.NaN), List.of(Double.NaN)));

        assertThat(parse(new LineChart("t", "events", List.of("a", "b"), List.of(empty), "").svg()))
                .isNotNull();
    }

    private static LineChart chart(String name) {
        var panel = new LineChart.Panel("AUC, cold", 1_000, 5_000, List.of(RISING, LEVEL));
        return new LineChart("over time", "events", List.of(name, "level"), List.of(panel), "seed=1 & more");
    }

    private static Document drawn(String name) throws Exception {
        return parse(chart(name).svg());
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    /** The paths of the lines themselves: they have a colour, and are not the legend's. */
    private static List<String> lines(Document svg) {
        NodeList paths = svg.getElementsByTagName("path");
        List<String> found = new ArrayList<>();
        for (int k = 0; k < paths.getLength(); k++) {
            Element path = (Element) paths.item(k);
            if (path.hasAttribute("stroke") && !path.getAttribute("d").contains("h28")) {
                found.add(path.getAttribute("d"));
            }
        }
        return found;
    }

    private static List<double[]> points(String path) {
        double[] numbers = Arrays.stream(path.replaceAll("[ML]", "").trim().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < numbers.length; k += 2) {
            points.add(new double[] {numbers[k], numbers[k + 1]});
        }
        return points;
    }

    private static List<String> texts(Document svg, String tag) {
        NodeList nodes = svg.getElementsByTagName(tag);
        List<String> found = new ArrayList<>();
        for (int k = 0; k < nodes.getLength(); k++) {
            found.add(nodes.item(k).getTextContent());
        }
        return found;
    }
}
