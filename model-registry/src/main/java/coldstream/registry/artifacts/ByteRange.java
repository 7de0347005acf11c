package coldstream.registry.artifacts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file, as {@code Range: bytes=first-last} asks for it (RFC 9110, 14.2). More ranges than one, and other
 * units, count as none, as the RFC allows.
 *
 * @param first byte, from 0
 * @param last byte, included
 */
public record ByteRange(long first, long last) {

    private static final Pattern FORM = Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

    /** The file has no such bytes. */
    public static final class Unsatisfiable extends Exception {

        private static final long serialVersionUID = 1;
    }

    /** @param size of the file in bytes */
    public static Optional<ByteRange> of(@Nullable String header, long size) throws Unsatisfiable {
        Matcher matcher = FORM.matcher(header == null ? "" : header);
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        long first;
        long last;
        if (matcher.group(1).isEmpty()) {
            first = Math.max(0, size - Long.parseLong(matcher.group(2)));
            last = size - 1;
        } else {
            first = Long.parseLong(matcher.group(1));
            last = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
            if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
                return Optional.empty();
            }
        }
        if (first >= size || last < first) {
            throw new Unsatisfiable();
        }
        return Optional.of(new ByteRange(first, last));
    }

    public long length() {
        return last - first + 1;
    }
}
