package coldstream.serving;

import coldstream.wire.RegistryPaths;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Whether the registry's last word on a model lets users see what was learnt since the champion. It does behind a promotion. It
 * does not where a later version was judged and kept back, or waits for a person or on a share of the users, where the champion
 * was gone back to, or the model is frozen: what is learnt since contains what was refused, or is on trial. Nor while a
 * canary answers anybody, whoever started it: it answers as its snapshot does, and so has the champion beside it. Thread-safe.
 */
final class PromotionGate {

    private boolean known;
    private long newest;
    private boolean frozen;
    private Optional<String> refused = Optional.empty();
    private volatile DoubleSupplier canary = () -> 0;

    /** Tells which share of the users a canary answers now. */
    void canary(DoubleSupplier share) {
        canary = share;
    }

    /** Takes in what happened next to the model in the registry. */
    synchronized void take(JsonNode event) {
        String version = event.path("version").asText();
        long number = number(version);
        switch (event.path("kind").asText()) {
            case "VERSION_CREATED" -> newest = Math.max(newest, number);
            case "PROMOTED" -> refused = Optional.empty();
            case "KEPT" -> {
                if (!event.path("details").isEmpty()) { // without numbers nobody has judged it
                    refused = Optional.of("version " + version + " was kept back");
                }
            }
            case "REJECTED" -> refused = Optional.of("version " + version + " was rejected");
            case "PENDING" -> refused = Optional.of("version " + version + " waits for a person");
            case "CANARY_STARTED" -> refused = Optional.of("version " + version + " is on trial with some users");
            case "ROLLED_BACK" -> refused = Optional.of("version " + version + " was rolled back, or back to");
            case "DELTAS_HELD" -> refused = Optional.of("what is learnt is worse than version " + version);
            case "FROZEN" -> frozen = true;
            case "THAWED" -> frozen = false;
            case "ALIAS_SET" -> aliasSet(event.path("alias").asText(), version, number);
            default -> {
                // says nothing about what may be seen
            }
        }
    }

    private void aliasSet(String alias, String version, long number) {
        if (alias.equals(RegistryPaths.CHAMPION)) {
            refused = number < newest
                    ? Optional.of("the champion was set to version " + version + ", which is not the newest")
                    : Optional.empty();
        }
    }

    /** Notes that everything that has happened so far was taken in. */
    synchronized void caughtUp() {
        known = true;
    }

    /** Whether what was learnt since the champion may be seen. */
    synchronized boolean open() {
        return known && closed().isEmpty();
    }

    /** Why it may not; empty where it may, or where nothing is known yet. */
    synchronized Optional<String> closed() {
        if (frozen) {
            return Optional.of("the model is frozen");
        }
        return refused.or(
                () -> canary.getAsDouble() > 0 ? Optional.of("a canary answers some of the users") : Optional.empty());
    }

    private static long number(String version) {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
