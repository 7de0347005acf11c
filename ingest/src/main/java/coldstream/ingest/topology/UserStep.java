package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.UserId;
import coldstream.ingest.topology.Deadlines.Deadline;
import coldstream.ingest.topology.Deadlines.Kind;
import coldstream.ingest.topology.OpenImpressions.Open;
import coldstream.ingest.topology.Step.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Turns every event into a labelled sample with what was known of its user strictly before it, and asks the language model
 * where clicks cannot help yet.
 */
final class UserStep implements Processor<byte[], Observed, byte[], Step> {

    static final String USERS = "users";
    static final String LEDGER = "ledger-by-user";

    /** Most impressions of a user that wait for an answer; further ones are counted and left out. */
    static final int MAX_OPEN_IMPRESSIONS = 1_000;

    private static final Duration PATROL = Duration.ofSeconds(1);
    private static final double WEIGHT = 1;

    private final TopologyConfig config;
    private final Watcher watcher;
    private final ScoreRequestRule rule;

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], Step> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, Timeline> users;

    @SuppressWarnings("NullAway.Init")
    private OpenImpressions impressions;

    @SuppressWarnings("NullAway.Init")
    private Deadlines deadlines;

    @SuppressWarnings("NullAway.Init")
    private Ledger ledger;

    UserStep(TopologyConfig config, Watcher watcher) {
        this.config = config;
        this.watcher = watcher;
        this.rule =
                new ScoreRequestRule(config.coldHistory(), config.auditRate(), config.staleness(), config.debounce());
    }

    static StoreBuilder<KeyValueStore<String, Timeline>> userStore() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(USERS), Serdes.String(), Timeline.serde())
                .withCachingEnabled();
    }

    @Override
    public void init(ProcessorContext<byte[], Step> context) {
        this.context = context;
        this.users = context.getStateStore(USERS);
        this.impressions = new OpenImpressions(context.getStateStore(OpenImpressions.STORE));
        this.deadlines = new Deadlines(context.getStateStore(Deadlines.STORE));
        this.ledger = new Ledger(context.getStateStore(LEDGER));
        context.schedule(PATROL, PunctuationType.WALL_CLOCK_TIME, this::patrol);
    }

    @Override
    public void process(Record<byte[], Observed> record) {
        Event event = record.value().event();
        deadlines.takeBefore(event.moment().time()).forEach(this::meet);
        Timeline timeline = find(event.user());
        if (event.impression()) {
            show(record.value(), timeline, record.timestamp());
        } else {
            answer(record.value(), timeline, record.timestamp());
        }
        users.put(event.user().value(), timeline);
    }

    /** An impression waits for its window to close, unless its answer came first. */
    private void show(Observed observed, Timeline timeline, long ingestMillis) {
        ledger.add(Account.IMPRESSIONS);
        Event event = observed.event();
        long shown = event.moment().time();
        long closes = shown + config.clickWindow().toMillis();
        Bytes key = OpenImpressions.key(event.user(), event.item(), event.impressionId());
        if (timeline.took(event.item(), shown, closes)) {
            ledger.add(Account.IMPRESSIONS_ANSWERED);
        } else if (timeline.openImpressions() >= MAX_OPEN_IMPRESSIONS || impressions.contains(key)) {
            ledger.add(Account.IMPRESSIONS_DROPPED);
        } else {
            impressions.open(key, sample(observed, timeline, ingestMillis));
            timeline.openImpressions(1);
            deadlines.add(new Deadline(closes, Kind.CLOSE_IMPRESSION, key), context.currentSystemTimeMs());
        }
    }

    private void answer(Observed observed, Timeline timeline, long ingestMillis) {
        Event event = observed.event();
        send(sample(observed, timeline, ingestMillis), ingestMillis);
        if (timeline.openImpressions() > 0) {
            closeAnswered(event, timeline);
        }
        if (event.positive()) {
            timeline.take(event.moment(), event.item(), config.lateness());
            watcher.user(event.user(), timeline.state());
            rule.reason(event.sampleId(), event.moment().time(), observed.needsScores(), timeline)
                    .ifPresent(reason -> ask(observed, reason, timeline, ingestMillis));
        } else {
            timeline.refuse(event.moment(), config.lateness());
            watcher.user(event.user(), timeline.state());
        }
    }

    private void closeAnswered(Event event, Timeline timeline) {
        long time = event.moment().time();
        for (Open open : impressions.find(event.user(), event.item(), event.impressionId())) {
            long shown = open.negative().eventTime().toEpochMilli();
            long closes = shown + config.clickWindow().toMillis();
            if (shown <= time && time <= closes) {
                impressions.close(open.key());
                deadlines.remove(new Deadline(closes, Kind.CLOSE_IMPRESSION, open.key()));
                timeline.openImpressions(-1);
                ledger.add(Account.IMPRESSIONS_ANSWERED);
            }
        }
    }

    private Sample sample(Observed observed, Timeline timeline, long ingestMillis) {
        Event event = observed.event();
        List<ItemId> history = timeline.historyBefore(event.moment());
        long count = timeline.countBefore(event.moment());
        return new Sample(
                event.sampleId(),
                event.user(),
                event.item(),
                event.label(),
                event.strength(),
                WEIGHT,
                history,
                count,
                Sample.negatives(timeline.negativesBefore(event.moment())),
                observed.itemCount(),
                count <= config.coldHistory(),
                observed.tail(),
                Instant.ofEpochMilli(event.moment().time()),
                Instant.ofEpochMilli(ingestMillis));
    }

    private void ask(Observed observed, Reason reason, Timeline timeline, long ingestMillis) {
        Event event = observed.event();
        long time = event.moment().time();
        List<ItemId> hints = observed.needsScores() ? List.of(event.item()) : List.of();
        if (rule.mayAsk(time, timeline)) {
            request(event.user(), reason, hints, timeline, ingestMillis);
            timeline.asked(time);
        } else {
            boolean first = timeline.waiting().isEmpty();
            Timeline.Waiting waiting = rule.await(reason, hints, timeline);
            timeline.await(waiting);
            if (first) {
                Bytes subject = Bytes.wrap(event.user().value().getBytes(UTF_8));
                deadlines.add(new Deadline(waiting.due(), Kind.SEND_REQUEST, subject), context.currentSystemTimeMs());
            }
        }
    }

    private void patrol(long nowMillis) {
        long longest =
                Math.max(config.clickWindow().toMillis(), config.debounce().toMillis());
        deadlines.takeSetBefore(nowMillis - longest).forEach(this::meet);
    }

    private void meet(Deadline deadline) {
        switch (deadline.kind()) {
            case CLOSE_IMPRESSION -> impressions.close(deadline.subject()).ifPresent(this::unanswered);
            case SEND_REQUEST ->
                debounced(new UserId(new String(deadline.subject().get(), UTF_8)));
        }
    }

    private void unanswered(Sample negative) {
        Timeline timeline = find(negative.user());
        timeline.openImpressions(-1);
        users.put(negative.user().value(), timeline);
        send(negative, negative.ingestTime().toEpochMilli());
    }

    private void debounced(UserId user) {
        Timeline timeline = find(user);
        timeline.waiting().ifPresent(waiting -> {
            request(user, waiting.reason(), waiting.hints(), timeline, context.currentSystemTimeMs());
            timeline.asked(waiting.due());
            users.put(user.value(), timeline);
        });
    }

    private void request(UserId user, Reason reason, List<ItemId> hints, Timeline timeline, long timestamp) {
        ledger.add(Account.REQUESTS);
        ledger.add(Account.REQUESTS + "." + reason.name().toLowerCase(java.util.Locale.ROOT));
        ScoreRequest request = new ScoreRequest(
                user + "|" + timeline.count(),
                user,
                timeline.latest(ScoreRequest.MAX_HISTORY),
                reason,
                hints,
                timeline.count(),
                Instant.ofEpochMilli(timeline.newest()),
                Instant.ofEpochMilli(context.currentSystemTimeMs()));
        forward(user, new Step.Asked(request), timestamp);
    }

    private void send(Sample sample, long timestamp) {
        ledger.add(Account.SAMPLES);
        forward(sample.user(), new Step.Labelled(sample), timestamp);
    }

    private void forward(UserId user, Step step, long timestamp) {
        context.forward(new Record<>(user.value().getBytes(UTF_8), step, timestamp, new RecordHeaders()));
    }

    private Timeline find(UserId user) {
        Timeline timeline = users.get(user.value());
        return timeline == null ? new Timeline() : timeline;
    }
}
