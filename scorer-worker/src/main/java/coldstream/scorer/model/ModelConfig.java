package coldstream.scorer.model;

import static coldstream.domain.Check.check;

import coldstream.scorer.model.OpenAiEndpoint.Format;
import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which language model scores, and what becomes of its scores.
 *
 * @param endpoint of the chat model; only where the provider asks one
 * @param ask how the chat model is asked
 * @param yesNoTemperature T of {@link YesNo}, above 0
 * @param permutations orders a list is asked in, 1 to 16
 * @param priorItems items whose prior is remembered and subtracted, at most 10 million; 0: no prior
 * @param scale of the scores stored
 */
public record ModelConfig(
        Provider provider,
        Optional<OpenAiEndpoint> endpoint,
        Ask ask,
        double yesNoTemperature,
        int permutations,
        int priorItems,
        Scale scale) {

    /** Which language model scores. */
    public enum Provider {
        /** The text encoder in the process. */
        ENCODER,
        /** A chat model behind an OpenAI-compatible endpoint. */
        OPENAI,
        /** The chat model; where it has no scores, the text encoder. */
        MIXTURE
    }

    /** How a chat model is asked. */
    public enum Ask {
        /** For a JSON list of all candidates' scores, in one call. */
        LIST,
        /** Yes or no, a call a candidate, read from the log-probabilities. */
        YES_NO
    }

    /** The calls of one request, and a second time of each, must end before the broker hands the request to another worker. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(50);

    private static final int MOST_PERMUTATIONS = 16;
    private static final int MOST_PRIOR_ITEMS = 10_000_000;

    static final Setting<Provider> PROVIDER =
            Setting.ofEnum("scorer.provider", Provider.ENCODER, "which language model scores");

    static final Setting<URI> BASE_URL = Setting.ofUri(
            "scorer.openai.base-url",
            "http://localhost:11434/v1",
            "OpenAI-compatible endpoint, up to and with its version");

    static final Setting<Optional<Secret>> API_KEY =
            Setting.ofSecret("scorer.openai.api-key", "bearer token of the endpoint; none if it asks for none");

    static final Setting<Optional<String>> API_KEY_FILE = Setting.ofOptionalString(
            "scorer.openai.api-key-file", "file with the bearer token and nothing else, read for every call");

    static final Setting<String> MODEL =
            Setting.ofString("scorer.openai.model", "qwen2.5:3b", "chat model, as the endpoint names it");

    static final Setting<Duration> TIMEOUT = Setting.ofDuration(
            "scorer.openai.timeout", Duration.ofSeconds(20), "longest wait for one answer, at most 25s");

    static final Setting<Format> FORMAT = Setting.ofEnum(
            "scorer.openai.response-format",
            Format.JSON_SCHEMA,
            "how the endpoint is asked for a JSON answer; what it refuses is asked for more simply");

    static final Setting<Ask> ASK = Setting.ofEnum(
            "scorer.openai.ask",
            Ask.LIST,
            "one list of scores a request, or yes or no a candidate from log-probabilities");

    static final Setting<Double> YES_NO_TEMPERATURE = Setting.ofDouble(
            "scorer.openai.yes-no-temperature", 1, "T", "divides the log-odds of yes; above 1 brings scores together");

    static final Setting<Integer> PERMUTATIONS = Setting.ofInt(
            "scorer.permutations", 1, "orders", "orders a list of candidates is asked in and averaged over");

    static final Setting<Integer> PRIOR_ITEMS = Setting.ofInt(
            "scorer.prior-items",
            0,
            "items",
            "items whose mean score over users is remembered and subtracted; 0 for none");

    static final Setting<Scale> SCALE =
            Setting.ofEnum("scorer.scale", Scale.RAW, "what becomes of a request's scores before they are stored");

    /** Everything that can be set. */
    public static final List<Setting<?>> SETTINGS = List.of(
            PROVIDER,
            BASE_URL,
            API_KEY,
            API_KEY_FILE,
            MODEL,
            TIMEOUT,
            FORMAT,
            ASK,
            YES_NO_TEMPERATURE,
            PERMUTATIONS,
            PRIOR_ITEMS,
            SCALE);

    /** The text encoder, as it is by default. */
    public static final ModelConfig ENCODER =
            new ModelConfig(Provider.ENCODER, Optional.empty(), Ask.LIST, 1, 1, 0, Scale.RAW);

    public ModelConfig {
        check(
                (provider != Provider.ENCODER) == endpoint.isPresent(),
                "an endpoint belongs to scorer.provider openai or mixture, got %s",
                provider);
        check(
                yesNoTemperature > 0 && yesNoTemperature <= 100,
                "scorer.openai.yes-no-temperature must be above 0 and at most 100, got %s",
                yesNoTemperature);
        check(
                permutations >= 1 && permutations <= MOST_PERMUTATIONS,
                "scorer.permutations must be 1 to %d, got %d",
                MOST_PERMUTATIONS,
                permutations);
        check(
                priorItems >= 0 && priorItems <= MOST_PRIOR_ITEMS,
                "scorer.prior-items must be 0 to %d, got %d",
                MOST_PRIOR_ITEMS,
                priorItems);
        if (endpoint.isPresent() && ask == Ask.LIST) {
            Duration longest = endpoint.get().timeout().multipliedBy(2L * permutations);
            check(
                    longest.compareTo(LONGEST_REQUEST) <= 0,
                    "twice scorer.openai.timeout for each of scorer.permutations must be at most 50s, got %s",
                    longest);
        }
    }

    public static ModelConfig from(Settings settings) {
        Provider provider = settings.get(PROVIDER);
        return new ModelConfig(
                provider,
                provider == Provider.ENCODER ? Optional.empty() : Optional.of(endpoint(settings)),
                settings.get(ASK),
                settings.get(YES_NO_TEMPERATURE),
                settings.get(PERMUTATIONS),
                settings.get(PRIOR_ITEMS),
                settings.get(SCALE));
    }

    private static OpenAiEndpoint endpoint(Settings settings) {
        return new OpenAiEndpoint(
                settings.get(BASE_URL),
                new ApiKey(settings.get(API_KEY), settings.get(API_KEY_FILE).map(Path::of)),
                settings.get(MODEL),
                settings.get(TIMEOUT),
                settings.get(FORMAT));
    }

    /** Whether another process is asked, and a request may take seconds. */
    public boolean remote() {
        return endpoint.isPresent();
    }
}
