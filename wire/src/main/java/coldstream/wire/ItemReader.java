package coldstream.wire;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.wire.Refusal.Reason;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads items as producers send them ({@code schemas/item.schema.json}): bare JSON or a CloudEvent.
 *
 * <p>A record without a value is a tombstone: the item of its key is retired. That is for the caller to see before reading.
 */
public final class ItemReader {

    private ItemReader() {}

    /** Reads one item from the headers and value of its record. */
    public static Reading<Item> read(Headers headers, byte @Nullable [] value) {
        try {
            return new Reading.Accepted<>(
                    item(new Fields(Envelope.open(headers, value).data())));
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        } catch (IllegalArgumentException e) { // a rule of the domain, such as the length of a title
            return new Reading.Refused<>(new Refusal(Reason.BAD_VALUE, String.valueOf(e.getMessage())));
        }
    }

    private static Item item(Fields fields) {
        return new Item(
                new ItemId(fields.text("item_id")),
                fields.findText("title").orElse(""),
                fields.texts("categories"),
                fields.findText("brand"),
                fields.findText("description"),
                fields.map("attributes"));
    }
}
