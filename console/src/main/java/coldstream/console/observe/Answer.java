package coldstream.console.observe;

import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What came of a question to a service.
 *
 * @param status of HTTP; 0 if there was no answer
 * @param failure why there was none
 */
public record Answer(int status, String body, String failure) {

    static final Answer NONE = new Answer(0, "", "not asked yet");

    static Answer failed(String why) {
        return new Answer(0, "", why);
    }

    boolean spoke() {
        return status > 0;
    }

    boolean ok() {
        return status == 200;
    }

    /** The body, if it is a good answer in JSON. */
    Optional<JsonNode> json() {
        if (!ok()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class));
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    Exposition metrics() {
        return ok() ? Exposition.parse(body) : Exposition.EMPTY;
    }
}
