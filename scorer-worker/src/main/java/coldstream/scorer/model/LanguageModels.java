package coldstream.scorer.model;

import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelWriter;
import coldstream.scorer.model.ModelConfig.Ask;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Puts together the scorer that is configured.
 *
 * <pre>
 * mixture( scale( prior( permutations( guard( list or yes-no ( endpoint ))))), encoder )
 * </pre>
 */
public final class LanguageModels implements AutoCloseable {

    private final LanguageModelScorer scorer;
    private final Optional<LanguageModelWriter> writer;
    private final Optional<ExecutorService> threads;

    /**
     * @param concurrency calls at once where every candidate is asked about by itself
     * @param encoder scores in the process; is the fallback of a mixture
     * @param guard put around whatever calls the endpoint, such as a circuit breaker; once a list, so once an order
     */
    public LanguageModels(
            ModelConfig config,
            int concurrency,
            LanguageModelScorer encoder,
            MeterRegistry meters,
            UnaryOperator<LanguageModelScorer> guard) {
        ModelMetrics metrics = new ModelMetrics(meters);
        this.threads = config.remote() && config.ask() == Ask.YES_NO
                ? Optional.of(Executors.newFixedThreadPool(concurrency, LanguageModels::thread))
                : Optional.empty();
        this.writer = config.endpoint().map(endpoint -> new ChatWriter(new OpenAiChat(endpoint, metrics)));
        LanguageModelScorer chosen = config.endpoint()
                .map(endpoint -> refined(config, guard.apply(asking(config, endpoint, metrics)), metrics))
                .orElse(encoder);
        this.scorer = config.provider() == ModelConfig.Provider.MIXTURE
                ? new MixtureScorer(chosen, encoder, metrics)
                : chosen;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "language-model-call");
        thread.setDaemon(true);
        return thread;
    }

    private LanguageModelScorer asking(ModelConfig config, OpenAiEndpoint endpoint, ModelMetrics metrics) {
        Chat chat = new OpenAiChat(endpoint, metrics);
        Duration limit = endpoint.timeout().multipliedBy(2);
        return threads.<LanguageModelScorer>map(
                        pool -> new YesNoScorer(chat, new YesNo(config.yesNoTemperature()), pool, limit, metrics))
                .orElseGet(() -> new ListScorer(chat, metrics));
    }

    private static LanguageModelScorer refined(ModelConfig config, LanguageModelScorer asking, ModelMetrics metrics) {
        LanguageModelScorer refined = asking;
        if (config.ask() == Ask.LIST) {
            refined = new PermutedScorer(refined, config.permutations(), new PositionBias(metrics));
        }
        if (config.priorItems() > 0) {
            refined = new PriorScorer(refined, new ItemPrior(config.priorItems(), metrics));
        }
        return config.scale() == Scale.RAW ? refined : new ScaledScorer(refined, config.scale());
    }

    public LanguageModelScorer scorer() {
        return scorer;
    }

    /** What writes texts; nothing where only the encoder is asked. */
    public Optional<LanguageModelWriter> writer() {
        return writer;
    }

    @Override
    public void close() {
        threads.ifPresent(ExecutorService::shutdownNow);
    }
}
