package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something a user did with an item, or an item they were shown.
 *
 * @param eventId unique within its source
 * @param source who produced it; together with {@code eventId} the key of deduplication
 * @param type such as {@code click}; what it means is a {@link LabelRules} matter
 * @param value a number that belongs to the type, such as the stars of a rating
 * @param impressionId the impression this answers, or that this is
 * @param timestamp when it happened, by the producer's clock
 * @param context anything else the producer knows; kept, not interpreted
 */
public record Interaction(
        String eventId,
        String source,
        String type,
        UserId user,
        ItemId item,
        OptionalDouble value,
        Optional<String> impressionId,
        Instant timestamp,
        Map<String, String> context) {

    public Interaction {
        Ids.check("event_id", eventId);
        Ids.check("source", source);
        Ids.check("type", type);
        impressionId.ifPresent(id -> Ids.check("impression_id", id));
        check(value.isEmpty() || Double.isFinite(value.getAsDouble()), "value must be finite, got %s", value);
        context = Map.copyOf(context);
    }
}
