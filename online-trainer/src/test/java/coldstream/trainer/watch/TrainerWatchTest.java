package coldstream.trainer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.monitor.Alarm;
import coldstream.monitor.Detector;
import coldstream.monitor.Moment;
import coldstream.monitor.Severity;
import coldstream.wire.Json;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerWatchTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Alarm> heard = new ArrayList<>();

    private TrainerWatch watch(Path folder) {
        return new TrainerWatch(
                "ctr",
                WatchConfig.DEFAULT,
                new FakeChampions(),
                folder,
                (alarm, place) -> heard.add(alarm),
                List::of,
                Optional::empty,
                meters);
    }

    @Test
    void openAlarmsSurviveARestart(@TempDir Path folder) {
        Alarm alarm = new Alarm(
                InputSignals.HISTORY_LENGTH,
                Detector.PSI,
                Severity.WARNING,
                0.3,
                0.1,
                7,
                Double.NaN,
                1e-9,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(9),
                1_000,
                Optional.of("3"),
                new Moment(12, Instant.EPOCH.plusSeconds(9)),
                Optional.empty());
        new OpenAlarms(folder).write(List.of(alarm));
        TrainerWatch watch = watch(folder);
        watch.start(Optional.empty());

        assertThat(watch.open()).containsExactly(alarm);
        assertThat(watch.report().signals())
                .filteredOn(DriftReport.Row::alarmed)
                .extracting(DriftReport.Row::signal)
                .containsOnly("history_length");
        watch.close();
    }

    @Test
    void aDamagedListOfAlarmsIsForgotten(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("open-alarms.json"), "{");
        TrainerWatch watch = watch(folder);
        watch.start(Optional.empty());
        assertThat(watch.open()).isEmpty();
        watch.close();
    }

    @Test
    void theReportIsWrittenAsUsersReadIt(@TempDir Path folder) {
        TrainerWatch watch = watch(folder);
        String json = new String(Json.write(watch.report()), StandardCharsets.UTF_8);
        assertThat(json)
                .startsWith(
                        "{\"model\":\"ctr\",\"enabled\":true,\"reference\":{\"source\":\"OWN_PAST\",\"samples\":0},\"signals\":[")
                .contains(
                        "{\"layer\":\"input\",\"signal\":\"history_length\",\"stratum\":\"all\",\"detector\":\"psi\",\"chance\":1.0,\"samples\":0,\"alarmed\":false}")
                .endsWith("\"alarms\":[]}")
                .doesNotContain("NaN");
        watch.close();
    }

    @Test
    void everyMeterGoesWithTheWatchAndWhatFailsIsCounted(@TempDir Path folder) {
        TrainerWatch watch = watch(folder);
        watch.applied(
                new StreamWatch.Applied(
                        1,
                        false,
                        new Shop().someSamples(1_000),
                        List.of(),
                        Optional.empty(),
                        () -> {
                            throw new IllegalStateException("no gate");
                        },
                        item -> -1),
                Map.of(),
                Map.of());
        assertThat(meters.get("coldstream.drift.watch.failures").counter().count())
                .isEqualTo(1);
        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .filteredOn(id -> id.getName().equals("coldstream.drift.statistic"))
                .hasSizeGreaterThan(50)
                .allSatisfy(id -> assertThat(id.getTags())
                        .extracting(tag -> tag.getKey())
                        .containsExactly("detector", "layer", "signal", "stratum"));
        watch.close();
        assertThat(meters.getMeters()).isEmpty();
    }
}
