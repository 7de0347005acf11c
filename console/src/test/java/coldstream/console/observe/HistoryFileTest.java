package coldstream.console.observe;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Path folder;
    private final Random random = new Random(1);

    HistoryFileTest(@TempDir Path folder) {
        this.folder = folder.resolve("not/there/yet");
    }

    private <P> Map<String, List<P>> full(int series, BiFunction<Instant, Double, P> point) {
        Map<String, List<P>> all = new TreeMap<>();
        for (int number = 0; number < series; number++) {
            all.put(
                    "series " + number,
                    IntStream.range(0, History.POINTS)
                            .mapToObj(place -> point.apply(NOON.plusMillis(5_123L * place), random.nextDouble()))
                            .toList());
        }
        return all;
    }

    private History everySeriesFull() {
        return new History(
                History.FORMAT,
                "a/model",
                NOON,
                NOON.plusSeconds(10_000),
                full(8, (time, x) -> new Quality.Point(time, 9, x, x - 0.1, null, 0.4 * x, null, 300)),
                full(6, (time, x) -> new GateView.Cell(time, 9, x, null, null, null, 7.5, 80, null)),
                full(15, (time, x) -> new GateView.Trust(time, 9, x)),
                full(60, (time, x) -> new SignalsView.Point(time, x, null)),
                full(14, SignalsView.Reading::new));
    }

    @Test
    void whatIsWrittenIsReadAgainWholeAndSmall() throws IOException {
        History history = everySeriesFull();
        var file = new HistoryFile(folder, "a/model");
        file.write(history);

        assertThat(new HistoryFile(folder, "a/model").read()).contains(history);
        try (var files = Files.list(folder)) {
            Path one = files.toList().get(0);
            assertThat(one).hasFileName("a%2Fmodel.history.json.gz");
            assertThat(Files.size(one)).isLessThan(1 << 20);
        }
    }

    @Test
    void ofAnotherModelOrFormatOrNoneNothingIsTaken() throws IOException {
        var file = new HistoryFile(folder, "ctr");
        assertThat(file.read()).isEmpty();

        Map<String, Object> mine = new TreeMap<>(Map.of(
                "format", 1, "model", "ctr", "since", NOON, "until", NOON, "strata", Map.of(), "cells", Map.of()));
        mine.putAll(Map.of("residual", Map.of(), "signals", Map.of(), "operations", Map.of()));
        put(mine);
        assertThat(file.read()).isPresent();
        put(with(mine, "format", 2));
        assertThat(file.read()).isEmpty();
        put(with(mine, "model", "other"));
        assertThat(file.read()).isEmpty();
    }

    private static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(body);
        changed.put(name, value);
        return changed;
    }

    private void put(Map<String, Object> body) throws IOException {
        Files.createDirectories(folder);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("ctr.history.json.gz")))) {
            out.write(Json.write(body));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenStopsNothing() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file, no folder");

        new HistoryFile(folder, "ctr").write(everySeriesFull());

        assertThat(folder).hasContent("a file, no folder");
    }
}
