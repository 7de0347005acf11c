package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.domain.ProfileStore;
import coldstream.domain.ScoreRequest;
import coldstream.domain.StoreUnavailableException;
import coldstream.domain.TasteProfile;
import coldstream.domain.UserId;
import coldstream.scorer.ProfileMetrics.Result;
import coldstream.scorer.profile.ProfileMaker;
import coldstream.scorer.profile.ProfileMaker.Made;
import coldstream.scorer.profile.ProfileMaker.NotMade;
import coldstream.scorer.profile.ProfileMaker.Outcome;
import coldstream.scorer.profile.ProfileRule;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the taste profiles that score requests are reason to make, beside the loop that answers them: the members of a
 * consumer group share the requests' partitions.
 *
 * <p>Offsets are committed when the profiles are in {@code taste-profiles.v1} and Redis was tried. A profile that could not be
 * made is not tried again for the same request: the user's next one is reason enough. While none succeeds the loop pauses.
 */
final class ProfileLoop extends ConsumerLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileLoop.class);

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final HistoryReader histories;
    private final ProfileRule rule;
    private final ProfileMaker maker;
    private final ExecutorService threads;
    private final Duration limit;
    private final BooleanSupplier mayCall;
    private final java.util.function.Consumer<Usage> paid;
    private final ProfileStore store;
    private final ProfileMetrics metrics;

    /**
     * @param threads that ask the language model; they are this loop's from now on
     * @param limit of all the questions of a poll together
     * @param mayCall asked before every call of a language model
     */
    ProfileLoop(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Producer<byte[], byte[]> producer,
            Topics topics,
            HistoryReader histories,
            ProfileRule rule,
            ProfileMaker maker,
            ExecutorService threads,
            Duration limit,
            BooleanSupplier mayCall,
            java.util.function.Consumer<Usage> paid,
            ProfileStore store,
            ProfileMetrics metrics,
            BooleanSupplier mayBegin) {
        super("taste-profiles", consumers, List.of(topics.scoreRequests()), mayBegin);
        this.producer = producer;
        this.topics = topics;
        this.histories = histories;
        this.rule = rule;
        this.maker = maker;
        this.threads = threads;
        this.limit = limit;
        this.mayCall = mayCall;
        this.paid = paid;
        this.store = store;
        this.metrics = metrics;
    }

    @Override
    Done act(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        List<ScoreRequest> requests = new ArrayList<>();
        records.forEach(record -> read(record).ifPresent(requests::add));
        return make(newest(requests));
    }

    /** What cannot be read is left to the loop that answers requests, which writes its dead letter. */
    private static Optional<ScoreRequest> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? Optional.empty()
                    : Optional.of(Json.read(record.value(), ScoreRequest.class));
        } catch (SerializationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of each user the latest request a profile is due for. */
    private List<ScoreRequest> newest(List<ScoreRequest> requests) {
        Map<UserId, ScoreRequest> due = new LinkedHashMap<>();
        for (ScoreRequest request : requests) {
            if (!rule.due(request) || due.put(request.user(), request) != null) {
                metrics.count(Result.NOT_DUE);
            }
        }
        return List.copyOf(due.values());
    }

    private Done make(List<ScoreRequest> requests) throws InterruptedException {
        List<Callable<Outcome>> calls = new ArrayList<>();
        for (ScoreRequest request : requests) {
            List<Item> history = histories.read(request.history());
            if (history.isEmpty()) {
                metrics.count(Result.NO_HISTORY);
            } else if (!mayCall.getAsBoolean()) {
                metrics.count(Result.NO_BUDGET);
            } else {
                calls.add(() -> maker.make(request, history));
            }
        }
        List<TasteProfile> made = new ArrayList<>();
        Optional<String> failed = Optional.empty();
        for (Future<Outcome> call : threads.invokeAll(calls, limit.toMillis(), TimeUnit.MILLISECONDS)) {
            Outcome outcome = outcome(call);
            metrics.spent(outcome.usage());
            paid.accept(outcome.usage());
            if (outcome instanceof Made profile) {
                made.add(profile.profile());
            } else {
                failed = Optional.of(count((NotMade) outcome));
            }
        }
        keep(made);
        if (!made.isEmpty() || failed.isEmpty()) {
            return Done.YES;
        }
        LOG.atWarn().addKeyValue("why", failed.get()).log("no taste profile could be made");
        return Done.IN_VAIN;
    }

    private Outcome outcome(Future<Outcome> call) throws InterruptedException {
        try {
            return call.get();
        } catch (CancellationException e) {
            return new NotMade(true, "no answer within " + limit, new Usage(0, 0, 1, limit));
        } catch (ExecutionException e) {
            return new NotMade(false, "the worker failed: " + e.getCause(), Usage.NONE);
        }
    }

    private String count(NotMade outcome) {
        metrics.count(outcome.passes() ? Result.TRY_AGAIN : Result.REFUSED);
        return outcome.why();
    }

    private void keep(List<TasteProfile> profiles) {
        List<Sent> sent = new ArrayList<>(profiles.size());
        for (TasteProfile profile : profiles) {
            byte[] user = profile.user().value().getBytes(StandardCharsets.UTF_8);
            sent.add(Sent.by(producer, new ProducerRecord<>(topics.tasteProfiles(), user, Json.write(profile))));
        }
        try {
            store.putAll(profiles);
        } catch (StoreUnavailableException e) {
            LOG.atWarn().addKeyValue("why", e.getMessage()).log("taste profiles are published but not stored");
        }
        producer.flush();
        sent.forEach(Sent::check);
        profiles.forEach(rule::made);
        metrics.made(profiles.size());
    }

    @Override
    void stopped() {
        threads.shutdownNow();
    }
}
