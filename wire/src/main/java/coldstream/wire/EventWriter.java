package coldstream.wire;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Writes events as a producer sends them, in bare JSON: what {@link InteractionReader} and {@link ItemReader} read. */
public final class EventWriter {

    private EventWriter() {}

    /** The value of an interaction's record; its key is the user's id. */
    public static byte[] write(Interaction interaction) {
        ObjectNode event = Json.mapper()
                .createObjectNode()
                .put("event_id", interaction.eventId())
                .put("source", interaction.source())
                .put("type", interaction.type())
                .put("user_id", interaction.user().value())
                .put("item_id", interaction.item().value());
        interaction.value().ifPresent(value -> event.put("value", value));
        interaction.impressionId().ifPresent(id -> event.put("impression_id", id));
        event.put("timestamp", interaction.timestamp().toString());
        putMap(event, "context", interaction.context());
        return Json.write(event);
    }

    /** The value of an item's record; its key is the item's id. */
    public static byte[] write(Item item) {
        ObjectNode event = Json.mapper()
                .createObjectNode()
                .put("item_id", item.item().value())
                .put("title", item.title());
        var categories = event.putArray("categories");
        item.categories().forEach(categories::add);
        item.brand().ifPresent(brand -> event.put("brand", brand));
        item.description().ifPresent(description -> event.put("description", description));
        putMap(event, "attributes", item.attributes());
        return Json.write(event);
    }

    private static void putMap(ObjectNode event, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode object = event.putObject(name);
            values.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> object.put(entry.getKey(), entry.getValue()));
        }
    }
}
