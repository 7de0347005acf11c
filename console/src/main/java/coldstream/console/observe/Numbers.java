package coldstream.console.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Numbers as the page gets them: one without evidence is left out. */
public final class Numbers {

    private Numbers() {}

    /** Null for what is no number; services write NaN as text. */
    static @Nullable Double of(JsonNode node) {
        return node.isNumber() ? finite(node.doubleValue()) : null;
    }

    static @Nullable Double of(OptionalDouble number) {
        return number.isPresent() ? finite(number.getAsDouble()) : null;
    }

    /** Null for NaN and infinity. */
    public static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
