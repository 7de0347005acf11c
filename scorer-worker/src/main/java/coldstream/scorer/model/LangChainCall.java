package coldstream.scorer.model;

import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.scorer.model.Exchange.Answered;
import coldstream.scorer.model.Exchange.Failed;
import coldstream.scorer.model.Exchange.Token;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call through LangChain4j, whoever the provider is: how long it took, what it cost, and what its exceptions mean. */
final class LangChainCall {

    /** What LangChain4j's exceptions say; the first that fits counts. */
    private static final Map<Class<? extends RuntimeException>, Fault> MEANINGS = meanings();

    private LangChainCall() {}

    private static Map<Class<? extends RuntimeException>, Fault> meanings() {
        Map<Class<? extends RuntimeException>, Fault> meanings = new LinkedHashMap<>();
        meanings.put(TimeoutException.class, Fault.TIMED_OUT);
        meanings.put(RateLimitException.class, Fault.RATE_LIMITED);
        meanings.put(InternalServerException.class, Fault.SERVER_FAULT);
        meanings.put(AuthenticationException.class, Fault.KEY_REFUSED);
        meanings.put(RetriableException.class, Fault.CONNECTION);
        meanings.put(NonRetriableException.class, Fault.REQUEST_REFUSED);
        return meanings;
    }

    /** @param first reads what the first token could have been; empty for providers that do not say */
    static Exchange of(Supplier<ChatResponse> call, Function<ChatResponse, List<Token>> first) {
        long start = System.nanoTime();
        try {
            ChatResponse response = call.get();
            String text = response.aiMessage().text();
            return new Answered(text == null ? "" : text, first.apply(response), usage(start, response.tokenUsage()));
        } catch (RuntimeException e) {
            return failed(e, usage(start, null));
        }
    }

    private static Failed failed(RuntimeException failure, Usage usage) {
        Optional<EndpointException> endpoint = cause(failure, EndpointException.class);
        if (endpoint.isPresent()) {
            EndpointException status = endpoint.get();
            return new Failed(status.fault(), String.valueOf(status.getMessage()), status.after(), usage);
        }
        if (cause(failure, TooLargeException.class).isPresent()) {
            return new Failed(
                    Fault.UNREADABLE, "an answer must have at most " + BoundedHttp.MAX_BYTES + " bytes", usage);
        }
        for (Map.Entry<Class<? extends RuntimeException>, Fault> meaning : MEANINGS.entrySet()) {
            if (meaning.getKey().isInstance(failure)) {
                return new Failed(meaning.getValue(), why(failure), usage);
            }
        }
        return new Failed(Fault.UNREADABLE, "an answer must be a chat completion", usage); // such as a page of HTML
    }

    /** The message where it is {@link BoundedHttp}'s own; others may repeat what was sent. */
    private static String why(RuntimeException failure) {
        boolean ours = failure.getClass() == RetriableException.class || failure.getClass() == TimeoutException.class;
        return failure.getClass().getSimpleName() + (ours ? ": " + failure.getMessage() : "");
    }

    /** The exception of this type that led to the failure. */
    static <E extends Throwable> Optional<E> cause(Throwable failure, Class<E> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    private static Usage usage(long start, @Nullable TokenUsage tokens) {
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        if (tokens == null) {
            return new Usage(0, 0, 1, latency);
        }
        return new Usage(count(tokens.inputTokenCount()), count(tokens.outputTokenCount()), 1, latency);
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }
}
