package coldstream.scorer.model;

import java.io.IOException;

/** An answer has more bytes than anybody will read. */
final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    TooLargeException(int limit) {
        super("an answer must have at most " + limit + " bytes");
    }
}
