package coldstream.console.observe;

import coldstream.wire.PromotionView;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How everything is now.
 *
 * @param state the worst of learning, serving and scoring
 * @param parts in the order of the line
 * @param freeze why nothing is promoted by the rule, if so
 */
public record Health(
        Instant time,
        String model,
        String state,
        List<Part> parts,
        AlarmCounts alarms,
        List<JsonNode> openAlarms,
        Optional<String> champion,
        Optional<PromotionView.Freeze> freeze,
        Instant runningSince) {

    /** How a part is, the worse the later. */
    enum State {
        OK,
        UNKNOWN,
        LATE,
        DOWN;

        String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How a part is.
     *
     * @param freshnessSeconds how old the newest event is that got there, mean of the last minute
     * @param ageSeconds how old this knowledge is
     * @param since when the state began
     */
    public record Part(
            String name,
            String state,
            @Nullable Double freshnessSeconds,
            @Nullable Double ageSeconds,
            @Nullable Instant since,
            String message) {}

    /** Open alarms, in all and by severity. */
    public record AlarmCounts(int open, Map<String, Integer> bySeverity) {}
}
