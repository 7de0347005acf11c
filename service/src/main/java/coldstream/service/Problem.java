package coldstream.service;

import static coldstream.domain.Check.check;

import java.util.Map;

/**
 * What went wrong with a request, as RFC 9457 says it.
 *
 * @param status HTTP status, 400 to 599
 * @param title the kind of problem, the same for every occurrence
 * @param detail this occurrence: the rule, then the value
 * @param headers of the answer, such as {@code Retry-After}
 */
public record Problem(int status, String title, String detail, Map<String, String> headers) {

    /** The content type of the wire form. */
    public static final String CONTENT_TYPE = "application/problem+json";

    public Problem {
        check(status >= 400 && status <= 599, "a problem has a status of 400 to 599, got %d", status);
        headers = Map.copyOf(headers);
    }

    public Problem(int status, String title, String detail) {
        this(status, title, detail, Map.of());
    }
}
