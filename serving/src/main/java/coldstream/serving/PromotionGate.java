package coldstream.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Whether the registry's last word on a model lets users see what was learnt since the champion. It does behind a promotion; it
 * does not behind a version that was kept back, a champion gone back to, or a freeze: what is learnt since contains what was
 * refused. Thread-safe.
 */
final class PromotionGate {

    private boolean known;
    private long newest;
    private Optional<String> closed = Optional.empty();

    /** Takes in what happened next to the model in the registry. */
    synchronized void take(JsonNode event) {
        String kind = event.path("kind").asText();
        String version = event.path("version").asText();
        long number = number(version);
        switch (kind) {
            case "VERSION_CREATED" -> newest = Math.max(newest, number);
            case "PROMOTED", "UNFROZEN" -> closed = Optional.empty();
            case "KEPT" -> closed = Optional.of("version " + version + " was kept back");
            case "ROLLED_BACK" -> closed = Optional.of("the champion was rolled back to version " + version);
            case "FROZEN" -> closed = Optional.of("the model is frozen");
            case "ALIAS_SET" -> {
                if (event.path("alias").asText().equals("champion")) {
                    closed = number < newest
                            ? Optional.of("the champion was set to version " + version + ", which is not the newest")
                            : Optional.empty();
                }
            }
            default -> {
                // says nothing about what may be seen
            }
        }
    }

    /** Notes that everything that has happened so far was taken in. */
    synchronized void caughtUp() {
        known = true;
    }

    /** Whether what was learnt since the champion may be seen. */
    synchronized boolean open() {
        return known && closed.isEmpty();
    }

    /** Why it may not; empty where it may, or where nothing is known yet. */
    synchronized Optional<String> closed() {
        return closed;
    }

    private static long number(String version) {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
