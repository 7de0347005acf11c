package coldstream.console.topics;

import coldstream.console.observe.Health.AlarmCounts;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The alarms of one model, as {@code drift-alerts.v1} tells of them: open ones, and the last that closed. Thread-safe. */
public final class Alarms {

    private static final int MAX_OPEN = 500;
    private static final int MAX_CLOSED = 500;

    private final String model;
    private final Map<String, JsonNode> open = new LinkedHashMap<>();
    private final Map<String, JsonNode> closed = new LinkedHashMap<>();
    private @Nullable Instant since;

    /**
     * What is known of alarms.
     *
     * @param since the oldest that was read; left out while there is none
     * @param open newest first
     * @param closed newest first
     */
    public record View(Optional<Instant> since, List<JsonNode> open, List<JsonNode> closed) {}

    public Alarms(String model) {
        this.model = model;
    }

    /** Takes in what was said of an alarm, and says it in words; empty if it is none of this model, or changes nothing. */
    public synchronized Optional<JsonNode> take(JsonNode alert, Instant time) {
        String id = alert.path("alert_id").asText("");
        if (id.isEmpty() || !alert.path("model").asText("").equals(model)) {
            return Optional.empty();
        }
        since = since == null || time.isBefore(since) ? time : since;
        JsonNode told = AlarmWords.told(alert);
        boolean opens = alert.path("state").asText("").toUpperCase(Locale.ROOT).equals("OPEN");
        if (!opens) {
            open.remove(id);
        }
        Map<String, JsonNode> known = opens ? open : closed;
        if (told.equals(known.get(id))) {
            return Optional.empty();
        }
        known.put(id, told); // it keeps its place if only what was done about it changed
        if (known.size() > (opens ? MAX_OPEN : MAX_CLOSED)) {
            known.remove(known.keySet().iterator().next());
        }
        return Optional.of(told);
    }

    /** The open ones, newest first. */
    public synchronized List<JsonNode> open() {
        List<JsonNode> all = new ArrayList<>(open.values());
        all.sort(Comparator.comparing((JsonNode alert) -> alert.path("time").asText(""))
                .reversed());
        return all;
    }

    public synchronized AlarmCounts counts() {
        Map<String, Integer> bySeverity = new TreeMap<>();
        open.values()
                .forEach(alert -> bySeverity.merge(
                        alert.path("severity").asText("none").toLowerCase(Locale.ROOT), 1, Integer::sum));
        return new AlarmCounts(open.size(), bySeverity);
    }

    /** @param most closed ones */
    public synchronized View view(int most) {
        List<JsonNode> last = new ArrayList<>(closed.values());
        Collections.reverse(last);
        return new View(
                Optional.ofNullable(since), open(), last.stream().limit(most).toList());
    }
}
