package coldstream.serving.delta;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.model.DeltaRecord;
import coldstream.wire.DeltaEnvelope;
import coldstream.wire.DeltaEnvelope.Stamp;
import coldstream.wire.EpochMarker;
import coldstream.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Deltas in memory, with what a test does to them. */
final class FakeDeltaSource implements DeltaSource {

    /** The bases' ids: one letter, sixty-four times. */
    static String id(char letter) {
        return Character.toString(letter).repeat(64);
    }

    final List<Raw> records = new ArrayList<>();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    int next;
    int rewound;
    int most = Integer.MAX_VALUE;

    @Override
    public void from(Instant time) {
        next = 0;
        while (next < records.size() && records.get(next).millis() < time.toEpochMilli()) {
            next++;
        }
    }

    @Override
    public void fromBeginning() {
        next = 0;
        rewound++;
    }

    @Override
    public List<Raw> poll(Duration wait) {
        int end = (int) Math.min(records.size(), (long) next + most);
        List<Raw> some = List.copyOf(records.subList(next, end));
        next = end;
        return some;
    }

    @Override
    public long position() {
        return next;
    }

    @Override
    public long end() {
        return records.size();
    }

    @Override
    public void close() {}

    /** Writes an epoch whose only records say that {@code row} of table "rows" is what it is at the epoch. */
    void epoch(long incarnation, char base, long baseStep, long fromStep, long step, int... rows) {
        for (int row : rows) {
            record(incarnation, base, step, row);
        }
        marker(incarnation, base, baseStep, fromStep, step, rows.length);
    }

    void record(long incarnation, char base, long step, int row) {
        String key = "rows|" + row;
        byte[] content = Long.toString(step).getBytes(UTF_8);
        add(key, DeltaEnvelope.seal(key, stamp(incarnation, base, step), content));
    }

    void marker(long incarnation, char base, long baseStep, long fromStep, long step, int count) {
        EpochMarker marker = new EpochMarker(
                EpochMarker.FORMAT_VERSION,
                "ctr",
                id(base),
                baseStep,
                fromStep,
                step,
                count,
                10 * step,
                new TreeMap<>(Map.of("samples-0", step)),
                Optional.empty(),
                List.of(new EpochMarker.Arrival(step, 1)),
                now);
        String key = EpochMarker.key(step);
        add(key, DeltaEnvelope.seal(key, stamp(incarnation, base, step), Json.write(marker)));
    }

    void add(String key, byte[] value) {
        records.add(new Raw(key, value, now.toEpochMilli()));
    }

    private static Stamp stamp(long incarnation, char base, long step) {
        return new Stamp(step, incarnation, Stamp.base(id(base)));
    }

    /** Removes records as compaction does: only the newest of each key stays. */
    void compact() {
        for (int at = records.size() - 1; at >= 0; at--) {
            String key = records.get(at).key();
            if (records.subList(at + 1, records.size()).stream()
                    .anyMatch(later -> later.key().equals(key))) {
                records.remove(at);
            }
        }
    }

    /** What a record says. */
    static String said(DeltaRecord record) {
        return record.key() + "=" + new String(record.content(), UTF_8);
    }
}
