package coldstream.ingest.topology;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** What one step of the topology hands to the next, by the way it leaves. */
sealed interface Step {

    /** To the step by item. */
    sealed interface ByItem extends Step {}

    /** A valid interaction, new to us. */
    record Arrived(Event event, Origin origin) implements ByItem {}

    /** An item somebody described. */
    record Announced(ItemId item) implements ByItem {}

    /**
     * To the step by user: an event with what was known of its item strictly before it.
     *
     * @param itemCount positives of the item
     * @param tail whether the item is in the tail that counts as a stratum
     * @param needsScores whether the item is new, or so rarely taken that the language model is asked
     */
    record Observed(Event event, long itemCount, boolean tail, boolean needsScores) implements Step {}

    /** To the topic of samples. */
    record Labelled(Sample sample) implements Step {}

    /** To the topic of score requests. */
    record Asked(ScoreRequest request) implements Step {}

    /** To the dead letters; the headers say why. */
    @SuppressWarnings("ArrayRecordComponent") // carried from topic to topic, never compared
    record Dead(byte @Nullable [] value) implements Step {}

    /** Back to the topic it came from, under the key it should have had. */
    @SuppressWarnings("ArrayRecordComponent") // carried from topic to topic, never compared
    record Misplaced(byte @Nullable [] value) implements Step {}

    /** The form of {@link ByItem} between two steps. */
    static Serde<ByItem> byItem() {
        return Serdes.serdeFrom((topic, step) -> write(step), (topic, bytes) -> readByItem(bytes));
    }

    /** The form of {@link Observed} between two steps. */
    static Serde<Observed> observed() {
        return Serdes.serdeFrom((topic, step) -> write(step), (topic, bytes) -> readObserved(bytes));
    }

    private static byte[] write(ByItem step) {
        if (step instanceof Arrived arrived) {
            StateWriter out = new StateWriter(1);
            arrived.event().write(out.flag(true));
            arrived.origin().write(out);
            return out.toBytes();
        }
        if (step instanceof Announced announced) {
            return new StateWriter(1).flag(false).text(announced.item().value()).toBytes();
        }
        throw new SerializationException("unknown step " + step);
    }

    private static ByItem readByItem(byte[] bytes) {
        StateReader in = new StateReader(bytes, 1);
        return in.flag() ? new Arrived(Event.read(in), Origin.read(in)) : new Announced(new ItemId(in.text()));
    }

    private static byte[] write(Observed observed) {
        StateWriter out = new StateWriter(1);
        observed.event().write(out);
        return out.number(observed.itemCount())
                .flag(observed.tail())
                .flag(observed.needsScores())
                .toBytes();
    }

    private static Observed readObserved(byte[] bytes) {
        StateReader in = new StateReader(bytes, 1);
        return new Observed(Event.read(in), in.number(), in.flag(), in.flag());
    }
}
