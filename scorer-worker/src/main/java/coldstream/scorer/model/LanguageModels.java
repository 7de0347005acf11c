package coldstream.scorer.model;

import coldstream.domain.ItemPriorStore;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelWriter;
import coldstream.scorer.model.ModelConfig.Ask;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Puts together the scorer that is configured.
 *
 * <pre>
 * mixture( refined by prior and scale ( permutations( guard( list or yes-no ( endpoint )))), encoder )
 * </pre>
 */
public final class LanguageModels implements AutoCloseable {

    private final LanguageModelScorer scorer;
    private final Optional<LanguageModelWriter> writer;
    private final Optional<ExecutorService> threads;

    /**
     * @param concurrency calls at once where every candidate is asked about by itself
     * @param encoder scores in the process; is the fallback of a mixture
     * @param priors the prior that workers share for a model and prompt of this name, if there is one
     * @param guard put around whatever calls the endpoint, such as a circuit breaker; once a list, so once an order
     */
    public LanguageModels(
            ModelConfig config,
            int concurrency,
            LanguageModelScorer encoder,
            MeterRegistry meters,
            Function<String, Optional<ItemPriorStore>> priors,
            UnaryOperator<LanguageModelScorer> guard) {
        ModelMetrics metrics = new ModelMetrics(meters);
        this.threads = config.remote() && config.ask() == Ask.YES_NO
                ? Optional.of(Executors.newFixedThreadPool(concurrency, LanguageModels::thread))
                : Optional.empty();
        this.writer = config.endpoint().map(endpoint -> new ChatWriter(new OpenAiChat(endpoint, metrics)));
        LanguageModelScorer chosen = config.endpoint()
                .map(endpoint -> refined(config, guard.apply(asking(config, endpoint, metrics)), priors, metrics))
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

    private static LanguageModelScorer refined(
            ModelConfig config,
            LanguageModelScorer asking,
            Function<String, Optional<ItemPriorStore>> priors,
            ModelMetrics metrics) {
        LanguageModelScorer asked = config.ask() == Ask.LIST
                ? new PermutedScorer(asking, config.permutations(), new PositionBias(metrics))
                : asking;
        List<Refinement> refinements = new ArrayList<>();
        if (config.priorItems() > 0) {
            ItemPrior local = new ItemPrior(config.priorItems(), metrics);
            refinements.add(new WithoutPrior(priors.apply(asked.model() + " " + asked.promptVersion())
                    .<ItemPriorStore>map(shared -> new SharedPrior(shared, local))
                    .orElse(local)));
        }
        if (config.scale() != Scale.RAW) {
            refinements.add((candidates, scores) -> config.scale().of(scores));
        }
        return refinements.isEmpty() ? asked : new RefinedScorer(asked, refinements);
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
