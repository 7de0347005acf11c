package coldstream.scorer.model;

import coldstream.domain.LanguageModelScorer.Fault;
import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer of the endpoint that is none: its status, and the little of its text that is of use. The text itself is dropped, for
 * it may repeat the key and the question.
 */
final class EndpointException extends HttpException {

    private static final long serialVersionUID = 1;

    private final transient Optional<Duration> after;
    private final transient Optional<Parameter> refused;

    EndpointException(int status, Optional<Duration> after, Optional<Parameter> refused) {
        super(status, "HTTP " + status);
        this.after = after;
        this.refused = refused;
    }

    /** How long the endpoint asks to be left alone. */
    Optional<Duration> after() {
        return after;
    }

    /** The parameter it does not know. */
    Optional<Parameter> refused() {
        return refused;
    }

    Fault fault() {
        int status = statusCode();
        if (status == 429) {
            return Fault.RATE_LIMITED;
        }
        if (status == 408 || status >= 500) {
            return Fault.SERVER_FAULT;
        }
        if (status == 401 || status == 403) {
            return Fault.KEY_REFUSED;
        }
        return status >= 300 && status < 400 ? Fault.REDIRECTED : Fault.REQUEST_REFUSED;
    }
}
