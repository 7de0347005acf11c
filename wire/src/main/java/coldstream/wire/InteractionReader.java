package coldstream.wire;

import coldstream.domain.Interaction;
import coldstream.domain.ItemId;
import coldstream.domain.LabelRules.Kind;
import coldstream.domain.LabelRules.Rule;
import coldstream.domain.UserId;
import coldstream.wire.Envelope.Attributes;
import coldstream.wire.Refusal.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads interactions as producers send them ({@code schemas/interaction.schema.json}).
 *
 * <p>Bare JSON must name its {@code event_id}; its {@code source} is {@value #DEFAULT_SOURCE} unless given. A CloudEvent is
 * known by its own id and source; its time and type stand in where the data has no {@code timestamp} or {@code type}.
 */
public final class InteractionReader {

    /** Source of an event that does not name one. */
    public static final String DEFAULT_SOURCE = "default";

    private final EventRules rules;
    private final Clock clock;

    public InteractionReader(EventRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Reads one event from the headers and value of its record. */
    public Reading<Interaction> read(Headers headers, byte @Nullable [] value) {
        try {
            return new Reading.Accepted<>(interaction(Envelope.open(headers, value)));
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        } catch (IllegalArgumentException e) { // a rule of the domain, such as the length of an id
            return new Reading.Refused<>(new Refusal(Reason.BAD_VALUE, String.valueOf(e.getMessage())));
        }
    }

    private Interaction interaction(Envelope envelope) {
        Fields fields = new Fields(envelope.data());
        Optional<Attributes> event = envelope.attributes();
        String id = event.map(Attributes::id).orElseGet(() -> fields.text("event_id"));
        String source = event.map(Attributes::source)
                .orElseGet(() -> fields.findText("source").orElse(DEFAULT_SOURCE));
        UserId user = new UserId(fields.text("user_id"));
        ItemId item = new ItemId(fields.text("item_id"));
        String type =
                fields.findText("type").or(() -> event.map(Attributes::type)).orElseThrow(() -> fields.missing("type"));
        OptionalDouble value = fields.findNumber("value");
        checkType(type, value);
        Instant timestamp = fields.findTime("timestamp")
                .or(() -> event.flatMap(Attributes::time))
                .orElseThrow(() -> fields.missing("timestamp"));
        checkTime(timestamp);
        return new Interaction(
                id,
                source,
                type,
                user,
                item,
                value,
                fields.findText("impression_id"),
                timestamp,
                fields.map("context"));
    }

    private void checkType(String type, OptionalDouble value) {
        Optional<Rule> rule = rules.labels().find(type);
        if (rule.isEmpty()) {
            throw new RefusedException(
                    Reason.UNKNOWN_TYPE,
                    "type must be one of %s, got %s",
                    rules.labels().rules().keySet().stream().sorted().toList(),
                    Fields.shorten(type));
        }
        boolean rating = type.equals("rating") || rule.get().kind() == Kind.RATING;
        if (rating && value.isEmpty()) {
            throw new RefusedException(Reason.MISSING_FIELD, "a %s must have a value", type);
        }
    }

    private void checkTime(Instant timestamp) {
        if (timestamp.isBefore(rules.earliest())) {
            throw new RefusedException(
                    Reason.TOO_OLD,
                    "timestamp must not be before %s, got %s (a number means milliseconds, not seconds)",
                    rules.earliest(),
                    timestamp);
        }
        Instant latest = clock.instant().plus(rules.maxAhead());
        if (timestamp.isAfter(latest)) {
            throw new RefusedException(
                    Reason.IN_THE_FUTURE,
                    "timestamp must not be more than %s ahead, got %s",
                    rules.maxAhead(),
                    timestamp);
        }
    }
}
