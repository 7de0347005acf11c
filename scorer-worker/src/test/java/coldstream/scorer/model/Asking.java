package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemPriorStore;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.scorer.model.OpenAiEndpoint.Format;
import coldstream.testkit.chat.ChatEndpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A scorer in front of a chat endpoint, as the tests of this package need it. */
final class Asking implements AutoCloseable {

    static final String KEY = "key-of-nobody";
    static final Duration PATIENCE = Duration.ofSeconds(25);

    final ChatEndpoint endpoint = ChatEndpoint.start();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ModelMetrics metrics = new ModelMetrics(meters);

    OpenAiEndpoint at(Format format, Duration timeout) {
        return new OpenAiEndpoint(endpoint.url(), ApiKey.of(KEY), "a-model", timeout, format);
    }

    LanguageModelScorer list() {
        return list(Format.JSON_SCHEMA, PATIENCE);
    }

    LanguageModelScorer list(Format format, Duration timeout) {
        return new ListScorer(new OpenAiChat(at(format, timeout), metrics), metrics);
    }

    /** A scorer less what items get whoever asks. */
    static LanguageModelScorer without(ItemPriorStore prior, LanguageModelScorer scorer) {
        return new RefinedScorer(scorer, List.of(new WithoutPrior(prior)));
    }

    LanguageModels models(ModelConfig config) {
        return new LanguageModels(config, 4, nobody(), meters, model -> Optional.empty(), UnaryOperator.identity());
    }

    double count(String name, String tag, String value) {
        Counter counter = meters.find(name).tag(tag, value).counter();
        return counter == null ? Double.NaN : counter.count();
    }

    static LanguageModelScorer nobody() {
        return saying((history, candidates) -> {
            throw new AssertionError("must not be asked");
        });
    }

    /** What a scorer does, without its name. */
    @FunctionalInterface
    interface Saying {
        Outcome score(List<Item> history, List<Item> candidates);
    }

    static LanguageModelScorer saying(Saying saying) {
        return new LanguageModelScorer() {
            @Override
            public String model() {
                return "a scorer";
            }

            @Override
            public String promptVersion() {
                return "a prompt";
            }

            @Override
            public Outcome score(List<Item> history, List<Item> candidates) {
                return saying.score(history, candidates);
            }
        };
    }

    static List<Double> scores(Outcome outcome) {
        return ((Scored) outcome).scores();
    }

    static Item titled(String id, String title) {
        return new Item(new ItemId(id), title, List.of(), Optional.empty(), Optional.empty(), Map.of());
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
