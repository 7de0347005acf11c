package coldstream.ingest.gateway;

import coldstream.wire.Refusal;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What became of one event of a request.
 *
 * @param index place in the request, from 0
 * @param name the id it goes by, where it says one
 * @param refusal why it was not taken; nothing when it was
 */
record EventResult(int index, Optional<String> name, Optional<Refusal> refusal) {

    boolean accepted() {
        return refusal.isEmpty();
    }

    /** @param nameField such as {@code event_id} */
    void write(ObjectNode json, String nameField) {
        json.put("index", index);
        name.ifPresent(id -> json.put(nameField, id));
        json.put("status", accepted() ? "accepted" : "refused");
        refusal.ifPresent(why -> json.put("code", why.reason().tag()).put("reason", why.message()));
    }
}
