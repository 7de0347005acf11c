package coldstream.model;

import static coldstream.domain.Check.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which users and items have rows, and for how long. Categories and counts always have theirs.
 *
 * @param admissionCount sights that count before an id gets a row, at least 1
 * @param admissionProbability chance that a sight counts, in (0, 1]
 * @param capacity most rows of users, and most of items; 0 is no limit
 * @param ttlSteps steps a row may stay untouched; 0 is for ever
 * @param ttlMinutes minutes of event time a row may stay untouched; 0 is for ever
 */
public record RowRules(int admissionCount, double admissionProbability, int capacity, int ttlSteps, int ttlMinutes) {

    private static final Pattern LIFE = Pattern.compile("([1-9][0-9]{0,8})(d|h|min|steps)");

    /** A row at first sight, for ever. */
    public static final RowRules NONE = new RowRules(1, 1, 0, 0, 0);

    public RowRules {
        check(admissionCount >= 1, "admission count must be at least 1, got %d", admissionCount);
        check(
                admissionProbability > 0 && admissionProbability <= 1,
                "admission probability must be above 0 and at most 1, got %s",
                admissionProbability);
        check(capacity >= 0, "row capacity must not be negative, got %d", capacity);
        check(
                ttlSteps >= 0 && ttlMinutes >= 0,
                "a row's life must not be negative, got %d and %d",
                ttlSteps,
                ttlMinutes);
        check(ttlSteps == 0 || ttlMinutes == 0, "a row's life must be in steps or in time, not both");
    }

    /** Whether an id gets a row as soon as one is needed. */
    boolean atOnce() {
        return admissionCount == 1 && admissionProbability == 1;
    }

    /** Whether rows can be lost, so that it matters when each was touched. */
    boolean temporary() {
        return capacity > 0 || ttlSteps > 0 || ttlMinutes > 0;
    }

    /** These rules with a life such as {@code 30d}, {@code 12h}, {@code 90min} (event time), {@code 5000steps}, or {@code none}. */
    public RowRules withLife(String life) {
        Matcher parts = LIFE.matcher(life);
        check(
                life.equals("none") || parts.matches(),
                "a row's life must be none, or such as 30d, 12h, 90min or 5000steps, got %s",
                life);
        if (life.equals("none")) {
            return lasting(0, 0);
        }
        int amount = Integer.parseInt(parts.group(1));
        return switch (parts.group(2)) {
            case "d" -> lasting(0, Math.multiplyExact(amount, 24 * 60));
            case "h" -> lasting(0, Math.multiplyExact(amount, 60));
            case "min" -> lasting(0, amount);
            default -> lasting(amount, 0);
        };
    }

    private RowRules lasting(int steps, int minutes) {
        return new RowRules(admissionCount, admissionProbability, capacity, steps, minutes);
    }
}
