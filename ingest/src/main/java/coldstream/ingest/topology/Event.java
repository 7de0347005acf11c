package coldstream.ingest.topology;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A valid interaction as the topology passes it on: what it means, and where it stands in the user's stream.
 *
 * @param sampleId {@code source|event_id}
 * @param impression whether the item was only shown; label and strength then say nothing
 * @param impressionId the impression this answers, or that this is
 */
record Event(
        String sampleId,
        UserId user,
        ItemId item,
        boolean impression,
        int label,
        OptionalDouble strength,
        Optional<String> impressionId,
        Moment moment) {

    boolean positive() {
        return !impression && label == 1;
    }

    void write(StateWriter out) {
        out.text(sampleId)
                .text(user.value())
                .text(item.value())
                .flag(impression)
                .number(label)
                .real(strength)
                .text(impressionId)
                .number(moment.time())
                .number(moment.offset());
    }

    static Event read(StateReader in) {
        return new Event(
                in.text(),
                new UserId(in.text()),
                new ItemId(in.text()),
                in.flag(),
                in.small(),
                in.real(),
                in.findText(),
                new Moment(in.number(), in.number()));
    }
}
