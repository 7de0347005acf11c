package coldstream.serving.delta;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.SnapshotManifest;
import coldstream.model.DeltaRecord;
import coldstream.wire.EpochMarker.Arrival;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeltaLineTest {

    private static final Duration NO_WAIT = Duration.ZERO;

    private final FakeDeltaSource source = new FakeDeltaSource();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, String> model = new TreeMap<>();

    /** A line of snapshot b, of step 10, the child of a. */
    private DeltaLine line(DeltaMode mode, Instant today) {
        return new DeltaLine(
                FakeDeltaSource.id('b'),
                snapshot(10),
                mode,
                this::apply,
                source,
                new DeltaMetrics(meters),
                Clock.fixed(today, ZoneOffset.UTC));
    }

    private DeltaLine line() {
        return line(DeltaMode.LINE, source.now);
    }

    private void apply(DeltaRecord record) {
        if (record.part().equals("13")) {
            throw new IllegalArgumentException("no row 13");
        }
        String said = FakeDeltaSource.said(record);
        model.put(record.part(), said.substring(said.indexOf('=') + 1));
    }

    private SnapshotManifest snapshot(long step) {
        return new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                "ctr",
                Optional.of(FakeDeltaSource.id('a')),
                source.now.minusSeconds(5),
                step,
                step,
                Map.of(),
                Optional.empty(),
                10 * step,
                Optional.empty(),
                Optional.empty(),
                1,
                Map.of(),
                "hash",
                "unknown",
                Map.of(),
                Map.of(),
                Map.of());
    }

    private double epochs(String outcome) {
        return meters.counter("coldstream.serving.delta.epochs", "outcome", outcome)
                .count();
    }

    @Test
    void epochsBehindTheSnapshotAreTakenInAndThoseInItAreNot() {
        source.epoch(1, 'a', 5, 6, 8, 1, 2);
        source.epoch(1, 'a', 5, 8, 12, 2, 3);
        source.epoch(1, 'b', 10, 12, 15, 3);
        DeltaLine line = line();

        assertThat(line.pull(NO_WAIT)).isTrue();

        assertThat(model).isEqualTo(Map.of("2", "12", "3", "15"));
        assertThat(line.reached()).isEqualTo(15);
        assertThat(line.newest().orElseThrow().samples()).isEqualTo(150);
        assertThat(epochs("past")).isEqualTo(1);
        assertThat(epochs("taken")).isEqualTo(2);
        assertThat(line.pull(NO_WAIT)).isFalse();
    }

    @Test
    void anEpochShowsOnceItsMarkerIsThere() {
        source.record(1, 'b', 12, 1);
        DeltaLine line = line();
        assertThat(line.pull(NO_WAIT)).isFalse();
        assertThat(model).isEmpty();

        source.marker(1, 'b', 10, 9, 12, 1);

        assertThat(line.pull(NO_WAIT)).isTrue();
        assertThat(model).isEqualTo(Map.of("1", "12"));
    }

    @Test
    void ofATrainerThatDiedWithinAnEpochNothingIsTakenAndTheNextTrainerGoesOn() {
        source.epoch(1, 'b', 10, 9, 12, 1);
        source.record(1, 'b', 14, 2); // and died
        source.epoch(2, 'b', 10, 10, 16, 1, 2, 3);
        DeltaLine line = line();

        assertThat(line.pull(NO_WAIT)).isTrue();

        assertThat(model).isEqualTo(Map.of("1", "16", "2", "16", "3", "16"));
        assertThat(epochs("torn")).isEqualTo(1);
        assertThat(line.broken()).isEmpty();
    }

    @Test
    void anEpochThatLacksARecordIsNotTakenAndWhatFollowsIsAGap() {
        source.record(1, 'b', 12, 1);
        source.marker(1, 'b', 10, 9, 12, 2);
        source.epoch(1, 'b', 10, 12, 14, 1);
        DeltaLine line = line();

        assertThat(line.pull(NO_WAIT)).isFalse();
        assertThat(source.rewound).isEqualTo(1); // once more from the beginning, in vain
        assertThat(line.pull(NO_WAIT)).isFalse();

        assertThat(model).isEmpty();
        assertThat(line.broken()).isPresent();
        assertThat(epochs("gap")).isEqualTo(1);
        assertThat(epochs("torn")).isEqualTo(2);
    }

    @Test
    void aDamagedRecordIsCountedAndItsEpochNotTaken() {
        source.record(1, 'b', 12, 1);
        byte[] bytes = source.records.get(0).value();
        bytes[bytes.length / 2] ^= 1;
        source.marker(1, 'b', 10, 9, 12, 1);
        DeltaLine line = line();

        assertThat(line.pull(NO_WAIT)).isFalse();

        assertThat(model).isEmpty();
        assertThat(meters.counter("coldstream.serving.delta.damaged").count()).isEqualTo(1);
        assertThat(epochs("torn")).isEqualTo(1);
    }

    @Test
    void aGapSendsTheReaderToTheBeginningOnceBeforeItGivesUp() {
        source.now = source.now.minusSeconds(100);
        source.epoch(1, 'b', 10, 9, 12, 1); // taken by a broker whose clock is behind
        source.now = source.now.plusSeconds(100);
        source.epoch(1, 'b', 10, 12, 14, 2);
        DeltaLine line = line();

        assertThat(line.pull(NO_WAIT)).isFalse();
        assertThat(line.pull(NO_WAIT)).isTrue();

        assertThat(model).isEqualTo(Map.of("1", "12", "2", "14"));
        assertThat(line.broken()).isEmpty();
    }

    @Test
    void anEpochOfAnotherLineEndsThisOne() {
        source.epoch(7, 'f', 3, 3, 14, 1);
        DeltaLine line = line();

        assertThat(line.pull(NO_WAIT)).isFalse();

        assertThat(model).isEmpty();
        assertThat(line.broken().orElseThrow()).contains("not of this line");
        assertThat(epochs("foreign")).isEqualTo(1);
        source.epoch(1, 'b', 10, 9, 15, 2);
        assertThat(line.pull(NO_WAIT)).isFalse();
        assertThat(model).isEmpty();
    }

    @Test
    void anEpochThatDoesNotFitIsNeverShown() {
        source.epoch(1, 'b', 10, 9, 12, 1, 13);
        DeltaLine line = line();

        assertThat(line.pull(NO_WAIT)).isFalse();

        assertThat(line.spoiled()).isTrue();
        assertThat(line.broken()).isPresent();
        assertThat(epochs("unfit")).isEqualTo(1);
    }

    @Test
    void ofACompactedTopicNothingShowsBeforeEverythingNewerIsThere() {
        Instant today = source.now;
        source.now = today.minusSeconds(3_000);
        source.epoch(1, 'b', 10, 9, 12, 1, 2);
        source.epoch(1, 'b', 10, 12, 14, 2, 3);
        source.compact(); // the row 2 of epoch 12 is gone
        source.most = 2;
        DeltaLine line = line(DeltaMode.LINE, today);

        assertThat(line.pull(NO_WAIT)).isFalse();
        assertThat(line.spoiled()).isTrue();
        assertThat(line.pull(NO_WAIT)).isFalse();
        assertThat(line.pull(NO_WAIT)).isTrue();

        assertThat(model).isEqualTo(Map.of("1", "12", "2", "14", "3", "14"));
        assertThat(line.spoiled()).isFalse();
    }

    @Test
    void wantedUpToTheNextSnapshotAloneTheLineEndsThere() {
        source.epoch(1, 'b', 10, 9, 12, 1);
        source.epoch(1, 'c', 13, 12, 14, 1);
        source.epoch(1, 'c', 13, 14, 16, 1);
        DeltaLine line = line(DeltaMode.CHAMPION, source.now);

        assertThat(line.pull(NO_WAIT)).isTrue();

        assertThat(model).isEqualTo(Map.of("1", "12"));
        assertThat(epochs("held")).isEqualTo(2);
    }

    @Test
    void everyEventIsToldOnceAsShown() {
        source.epoch(1, 'a', 5, 6, 8, 1);
        source.epoch(1, 'a', 5, 8, 12, 1);
        source.epoch(1, 'b', 10, 12, 15, 1);
        DeltaLine line = line();
        assertThat(line.pull(NO_WAIT)).isTrue();

        assertThat(line.arrivals(6, 12)).extracting(Arrival::millis).containsExactly(8L, 12L);
        assertThat(line.arrivals(12, 15)).extracting(Arrival::millis).containsExactly(15L);
        assertThat(line.arrivals(12, 15)).isEqualTo(List.of());
    }

    @Test
    void aTrainerThatRepeatsItsStepsReplacesWhatAnotherGaveOfThem() {
        source.epoch(1, 'b', 10, 9, 12, 1, 2);
        source.epoch(2, 'a', 5, 5, 12, 1, 2, 3); // from the snapshot before; its bits may be others
        DeltaLine line = line();

        assertThat(line.pull(NO_WAIT)).isTrue();

        assertThat(model).containsEntry("3", "12");
        assertThat(epochs("taken")).isEqualTo(2);
    }
}
