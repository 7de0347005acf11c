package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import coldstream.scorer.model.ChatQuestion.Form;
import coldstream.scorer.model.Exchange.Answered;
import coldstream.scorer.model.Exchange.Failed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Scores every candidate by a question of its own: will this person choose it, yes or no. The log-probabilities of the answer are
 * finer than any number a model writes, and no candidate stands before another; it costs a call a candidate.
 *
 * <p>Fewer than 60 % of the candidates answered is no answer: then the first failure decides what becomes of the request.
 */
final class YesNoScorer implements LanguageModelScorer {

    private static final int ONE_WORD = 1;
    /** Items whose facets are kept. */
    private static final int ITEMS = 10_000;

    private final Chat chat;
    private final YesNo yesNo;
    private final ExecutorService threads;
    private final Duration limit;
    private final ModelMetrics metrics;
    private final Prompt prompt = Prompt.choice();
    private final FacetsCache facets = new FacetsCache(ITEMS);

    /**
     * @param threads ask the questions of a request at once; may be shared by requests
     * @param limit for all questions of a request
     */
    YesNoScorer(Chat chat, YesNo yesNo, ExecutorService threads, Duration limit, ModelMetrics metrics) {
        this.chat = chat;
        this.yesNo = yesNo;
        this.threads = threads;
        this.limit = limit;
        this.metrics = metrics;
    }

    @Override
    public String model() {
        return chat.model();
    }

    @Override
    public String promptVersion() {
        return prompt.version();
    }

    @Override
    public Outcome score(List<Item> history, List<Item> candidates) {
        List<Facets> chosen = facets.of(history);
        metrics.shown(chosen);
        List<Future<Exchange>> calls = new ArrayList<>(candidates.size());
        for (Facets candidate : facets.of(candidates)) {
            metrics.shown(List.of(candidate));
            String text = prompt.aboutOne(chosen, candidate);
            calls.add(threads.submit(Transcript.carried(
                    () -> chat.ask(new ChatQuestion(prompt.instruction(), text, Form.YES_NO, 1, ONE_WORD)))));
        }
        return collected(calls);
    }

    private Outcome collected(List<Future<Exchange>> calls) {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Double> scores = new ArrayList<>(calls.size());
        List<Failed> failures = new ArrayList<>();
        Usage usage = Usage.NONE;
        int answered = 0;
        for (Future<Exchange> call : calls) {
            Exchange exchange = hopeless(failures, calls.size()) ? given(call) : awaited(call, deadline);
            double score = exchange instanceof Answered answer ? yesNo.score(answer.first()) : Double.NaN;
            scores.add(score);
            answered += Double.isNaN(score) ? 0 : 1;
            usage = usage.plus(exchange.usage());
            if (exchange instanceof Failed failed) {
                failures.add(failed);
            }
        }
        metrics.scored(answered);
        metrics.missing((long) calls.size() - answered);
        if (answered * 10 >= calls.size() * 6) {
            return new Scored(scores, new Source(chat.model(), prompt.version(), 1), usage);
        }
        return failures.isEmpty()
                ? new Refused(Fault.UNREADABLE, "an answer must have the log-probabilities of yes or no", usage)
                : failures.get(0).ends(usage);
    }

    /** Whether going on would only cost: the endpoint will say the same again, or too few can be left. */
    private static boolean hopeless(List<Failed> failures, int asked) {
        return failures.size() * 10 > asked * 4
                || failures.stream()
                        .anyMatch(failed -> !failed.fault().passes() || failed.fault() == Fault.RATE_LIMITED);
    }

    /** What is there already; a call that is not is given up. */
    private static Exchange given(Future<Exchange> call) {
        return call.isDone() ? awaited(call, System.nanoTime()) : givenUp(call);
    }

    private static Exchange awaited(Future<Exchange> call, long deadline) {
        try {
            return call.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return givenUp(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return givenUp(call);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call must not throw", e);
        }
    }

    private static Exchange givenUp(Future<Exchange> call) {
        call.cancel(true);
        return new Failed(Fault.TIMED_OUT, "no answer for all candidates in time", Usage.NONE);
    }
}
