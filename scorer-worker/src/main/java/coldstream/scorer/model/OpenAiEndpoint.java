package coldstream.scorer.model;

import static coldstream.domain.Check.check;

import coldstream.service.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An OpenAI-compatible endpoint.
 *
 * @param baseUrl up to and with its version, such as {@code http://localhost:11434/v1}
 * @param apiKey sent as a bearer token
 * @param model as the endpoint names it
 * @param timeout of one call from first to last byte, 100 ms to 25 s; a request makes at most two
 * @param format how a JSON answer is asked for; what the endpoint refuses is asked for more simply
 */
public record OpenAiEndpoint(URI baseUrl, ApiKey apiKey, String model, Duration timeout, Format format) {

    /** How a JSON answer is asked for; endpoints differ in what they know. */
    public enum Format {
        /** {@code response_format} with the schema of the answer. */
        JSON_SCHEMA,
        /** {@code response_format} {@code json_object}. */
        JSON_OBJECT,
        /** By the prompt alone. */
        TEXT;

        Format simpler() {
            return this == JSON_SCHEMA ? JSON_OBJECT : TEXT;
        }
    }

    /** Two calls must end before the broker hands the request to another worker. */
    static final Duration MAX_TIMEOUT = Duration.ofSeconds(25);

    public OpenAiEndpoint {
        check(
                "http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme()),
                "scorer.openai.base-url must be http or https, got %s",
                baseUrl);
        check(
                baseUrl.getUserInfo() == null,
                "scorer.openai.base-url must not hold a user, there is a setting for the key");
        check(baseUrl.getHost() != null, "scorer.openai.base-url must name a host, got %s", baseUrl);
        check(!model.isBlank(), "scorer.openai.model must not be blank");
        check(
                timeout.toMillis() >= 100 && timeout.compareTo(MAX_TIMEOUT) <= 0,
                "scorer.openai.timeout must be 100ms to 25s, got %s",
                timeout);
    }

    /** The key as it is now. */
    Supplier<Optional<Secret>> key() {
        return apiKey::current;
    }
}
