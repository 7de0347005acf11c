package coldstream.ingest.topology;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.UserState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What one user took, in the order it happened, and how the language model is being asked about them.
 *
 * <p>Holds the latest positives: as many as a history needs, and all that are younger than the lateness, so that a late
 * event finds exactly the history it would have found in time.
 */
final class Timeline {

    /** Most positives held. */
    static final int MAX_ENTRIES = 256;

    /** Somebody's positive. */
    record Entry(Moment moment, ItemId item) {}

    /**
     * A score request that waits for the end of the debounce.
     *
     * @param due event time at which it is sent
     */
    record Waiting(Reason reason, List<ItemId> hints, long due) {}

    private long count;
    private final List<Entry> entries; // ascending
    private long negatives;
    private final List<Moment> lateNegatives; // ascending; those an event may still come before
    private int openImpressions;
    private Optional<Long> lastRequest;
    private long countAsked;
    private Optional<Waiting> waiting;

    Timeline() {
        this(0, new ArrayList<>(), 0, new ArrayList<>(), 0, Optional.empty(), 0, Optional.empty());
    }

    private Timeline(
            long count,
            List<Entry> entries,
            long negatives,
            List<Moment> lateNegatives,
            int openImpressions,
            Optional<Long> lastRequest,
            long countAsked,
            Optional<Waiting> waiting) {
        this.count = count;
        this.entries = entries;
        this.negatives = negatives;
        this.lateNegatives = lateNegatives;
        this.openImpressions = openImpressions;
        this.lastRequest = lastRequest;
        this.countAsked = countAsked;
        this.waiting = waiting;
    }

    /** Positives so far. */
    long count() {
        return count;
    }

    long countBefore(Moment moment) {
        return count - (entries.size() - before(moment));
    }

    /** Negatives strictly before a moment. */
    long negativesBefore(Moment moment) {
        int after = 0;
        while (after < lateNegatives.size()
                && !lateNegatives.get(lateNegatives.size() - 1 - after).isBefore(moment)) {
            after++;
        }
        return negatives - after;
    }

    /** The items of the latest positives strictly before a moment, newest last. */
    List<ItemId> historyBefore(Moment moment) {
        return items(before(moment), Sample.MAX_HISTORY);
    }

    /** The items of the latest positives, newest last. */
    List<ItemId> latest(int limit) {
        return items(entries.size(), limit);
    }

    UserState state() {
        return new UserState(latest(Sample.MAX_HISTORY), count, negatives);
    }

    /** Event time of the newest positive. */
    long newest() {
        return entries.get(entries.size() - 1).moment().time();
    }

    /** Whether the item was taken from {@code from} to {@code to}, both included. */
    boolean took(ItemId item, long from, long to) {
        for (int i = entries.size() - 1; i >= 0 && entries.get(i).moment().time() >= from; i--) {
            if (entries.get(i).moment().time() <= to && entries.get(i).item().equals(item)) {
                return true;
            }
        }
        return false;
    }

    void take(Moment moment, ItemId item, Duration lateness) {
        entries.add(before(moment), new Entry(moment, item));
        count++;
        long settled = newest() - lateness.toMillis();
        while (entries.size() > MAX_ENTRIES || isPastUse(settled)) {
            entries.remove(0);
        }
    }

    /** Takes in an event labelled 0. */
    void refuse(Moment moment, Duration lateness) {
        negatives++;
        int place = lateNegatives.size();
        while (place > 0 && !lateNegatives.get(place - 1).isBefore(moment)) {
            place--;
        }
        lateNegatives.add(place, moment);
        long settled = lateNegatives.get(lateNegatives.size() - 1).time() - lateness.toMillis();
        while (lateNegatives.size() > MAX_ENTRIES || lateNegatives.get(0).time() < settled) {
            lateNegatives.remove(0);
        }
    }

    /** Whether the oldest entry is in no history that an event from {@code settled} on may ask for. */
    private boolean isPastUse(long settled) {
        return entries.size() > Sample.MAX_HISTORY
                && entries.get(Sample.MAX_HISTORY).moment().time() < settled;
    }

    int openImpressions() {
        return openImpressions;
    }

    void openImpressions(int change) {
        openImpressions += change;
    }

    Optional<Long> lastRequest() {
        return lastRequest;
    }

    /** Positives at the last request. */
    long countAsked() {
        return countAsked;
    }

    Optional<Waiting> waiting() {
        return waiting;
    }

    void asked(long time) {
        lastRequest = Optional.of(time);
        countAsked = count;
        waiting = Optional.empty();
    }

    void await(Waiting request) {
        waiting = Optional.of(request);
    }

    /** How many entries are before a moment. */
    private int before(Moment moment) {
        int place = entries.size();
        while (place > 0 && !entries.get(place - 1).moment().isBefore(moment)) {
            place--;
        }
        return place;
    }

    private List<ItemId> items(int end, int limit) {
        return entries.subList(Math.max(0, end - limit), end).stream()
                .map(Entry::item)
                .toList();
    }

    static Serde<Timeline> serde() {
        return Serdes.serdeFrom(
                (topic, timeline) -> timeline == null ? null : timeline.write(),
                (topic, bytes) -> bytes == null ? null : read(bytes));
    }

    private byte[] write() {
        StateWriter out =
                new StateWriter(3).number(count).number(openImpressions).flag(lastRequest.isPresent());
        lastRequest.ifPresent(out::number);
        out.flag(waiting.isPresent());
        waiting.ifPresent(request -> {
            out.text(request.reason().name()).number(request.due());
            out.number(request.hints().size());
            request.hints().forEach(hint -> out.text(hint.value()));
        });
        out.number(entries.size());
        long time = 0;
        long offset = 0;
        for (Entry entry : entries) {
            out.number(entry.moment().time() - time)
                    .number(entry.moment().offset() - offset)
                    .text(entry.item().value());
            time = entry.moment().time();
            offset = entry.moment().offset();
        }
        out.number(negatives).number(lateNegatives.size());
        lateNegatives.forEach(moment -> out.number(moment.time()).number(moment.offset()));
        out.number(countAsked);
        return out.toBytes();
    }

    private static Timeline read(byte[] bytes) {
        StateReader in = new StateReader(bytes, 1, 3); // 1 counted no negatives, 2 no positives at the last request
        long count = in.number();
        int openImpressions = in.small();
        Optional<Long> lastRequest = in.flag() ? Optional.of(in.number()) : Optional.empty();
        Optional<Waiting> waiting = in.flag() ? Optional.of(readWaiting(in)) : Optional.empty();
        int size = in.small();
        List<Entry> entries = new ArrayList<>(size + 1);
        long time = 0;
        long offset = 0;
        for (int i = 0; i < size; i++) {
            time += in.number();
            offset += in.number();
            entries.add(new Entry(new Moment(time, offset), new ItemId(in.text())));
        }
        long negatives = in.format() == 1 ? 0 : in.number();
        List<Moment> late = new ArrayList<>();
        for (int left = in.format() == 1 ? 0 : in.small(); left > 0; left--) {
            late.add(new Moment(in.number(), in.number()));
        }
        long countAsked = in.format() < 3 ? count : in.number();
        return new Timeline(count, entries, negatives, late, openImpressions, lastRequest, countAsked, waiting);
    }

    private static Waiting readWaiting(StateReader in) {
        Reason reason = Reason.valueOf(in.text());
        long due = in.number();
        List<ItemId> hints = new ArrayList<>();
        for (int left = in.small(); left > 0; left--) {
            hints.add(new ItemId(in.text()));
        }
        return new Waiting(reason, hints, due);
    }
}
