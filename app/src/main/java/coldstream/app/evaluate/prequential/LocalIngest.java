package coldstream.app.evaluate.prequential;

import coldstream.app.evaluate.teacher.Teacher;
import coldstream.domain.Interaction;
import coldstream.domain.ItemId;
import coldstream.domain.LabelRules;
import coldstream.domain.PopularityHistogram;
import coldstream.domain.PopularityTail;
import coldstream.domain.RequestTrigger;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.SoftScores;
import coldstream.domain.Staleness;
import coldstream.domain.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * Turns interactions, in order of time, into samples and score requests by ingest's own rules ({@link RequestTrigger}, {@link
 * PopularityTail}): every feature dates from strictly before the event.
 *
 * <p>The tail threshold is refreshed every {@value #REFRESH} events. A request is made after a positive for a user whose
 * history is short, for an item that is new or in the bottom tenth, where earlier answers are stale, and at a set rate for
 * anybody; at once, but then not again before {@value #DEBOUNCE_SECONDS} seconds of event time are over.
 */
public final class LocalIngest {

    private static final int REFRESH = 64;
    private static final int COLD_HISTORY = 3;
    private static final double TAIL_SHARE = 0.2;
    private static final double REQUEST_TAIL_SHARE = 0.1;
    private static final int DEBOUNCE_SECONDS = 10;

    /** What an event leads to, after the requests that were due before it. */
    public record Outcome(List<ScoreRequest> due, Sample sample, Optional<ScoreRequest> request) {

        /** The history an answer was asked with. */
        public List<ItemId> history(SoftScores answer) {
            return Stream.concat(due.stream(), request.stream())
                    .filter(asked -> asked.requestId().equals(answer.requestId()))
                    .findFirst()
                    .map(ScoreRequest::history)
                    .orElse(List.of());
        }

        /** What a teacher answers: first to what was due before the event, then to what the event leads to. */
        public List<SoftScores> ask(Teacher teacher) {
            List<SoftScores> answers = new ArrayList<>();
            due.forEach(asked -> answers.addAll(teacher.answers(asked)));
            if (sample.label() == 1) {
                teacher.taken(sample.user(), sample.item());
            }
            request.ifPresent(asked -> answers.addAll(teacher.answers(asked)));
            return answers;
        }
    }

    private final LabelRules labels;
    private final RequestTrigger trigger;
    private final Map<UserId, User> users = new HashMap<>();
    private final Map<ItemId, Long> itemCounts = new HashMap<>();
    private final PopularityHistogram popularity = new PopularityHistogram();

    /** Users whose request waits, by when it is due. */
    private final Queue<User> waiting = new PriorityQueue<>(Comparator.comparing(user -> user.quietUntil));

    private PopularityTail tail = PopularityTail.NONE;
    private Instant now = Instant.MIN;
    private long events;

    private static final class User {
        private final UserId id;
        private final List<ItemId> history = new ArrayList<>();
        private long negatives;
        private Instant newest = Instant.MIN;
        private Instant quietUntil = Instant.MIN;
        private Optional<Instant> asked = Optional.empty();
        private long countAsked;
        private Optional<Reason> waitingFor = Optional.empty();

        User(UserId id) {
            this.id = id;
        }

        List<ItemId> latest(int most) {
            return List.copyOf(history.subList(Math.max(0, history.size() - most), history.size()));
        }

        ScoreRequest request(Reason reason, Instant now) {
            quietUntil = now.plusSeconds(DEBOUNCE_SECONDS);
            asked = Optional.of(now);
            countAsked = history.size();
            waitingFor = Optional.empty();
            return new ScoreRequest(
                    id + "|" + history.size(),
                    id,
                    latest(ScoreRequest.MAX_HISTORY),
                    reason,
                    List.of(),
                    history.size(),
                    newest,
                    now);
        }
    }

    /**
     * Starts with nobody known.
     *
     * @param auditRate share of other positives that lead to an audit request, in [0, 1]
     */
    public LocalIngest(LabelRules labels, double auditRate) {
        this.labels = labels;
        trigger = new RequestTrigger(COLD_HISTORY, auditRate, Staleness.DEFAULT, LocalIngest::share);
    }

    /** The events must come by time; one that comes late finds what was known when it came. */
    public Outcome accept(Interaction event) {
        if (events % REFRESH == 0) {
            tail = PopularityTail.of(popularity, TAIL_SHARE, REQUEST_TAIL_SHARE);
        }
        events++;
        now = event.timestamp().isAfter(now) ? event.timestamp() : now;
        List<ScoreRequest> due = dueBy(event.timestamp());
        User user = users.computeIfAbsent(event.user(), User::new);
        long itemCount = itemCounts.getOrDefault(event.item(), 0L);
        LabelRules.Label label = labels.label(event);
        Sample sample = sample(event, label, user, itemCount);
        if (label.value() == 0) {
            user.negatives++;
            return new Outcome(due, sample, Optional.empty());
        }
        user.history.add(event.item());
        user.newest = event.timestamp();
        itemCounts.put(event.item(), itemCount + 1);
        popularity.increment(itemCount);
        return new Outcome(due, sample, reason(sample, user).flatMap(reason -> ask(user, reason, event.timestamp())));
    }

    /** Asks for a known user once more; nothing for one without a positive, or whose next request waits already. */
    public Optional<ScoreRequest> askAgain(UserId id) {
        return Optional.ofNullable(users.get(id))
                .filter(user -> !user.history.isEmpty() && user.waitingFor.isEmpty())
                .map(user -> user.request(Reason.STALE, now));
    }

    private Sample sample(Interaction event, LabelRules.Label label, User user, long itemCount) {
        return new Sample(
                event.source() + "|" + event.eventId(),
                event.user(),
                event.item(),
                label.value(),
                label.strength(),
                1,
                user.latest(Sample.MAX_HISTORY),
                user.history.size(),
                Sample.negatives(user.negatives),
                itemCount,
                user.history.size() <= COLD_HISTORY,
                tail.holds(itemCount),
                event.timestamp(),
                now);
    }

    private List<ScoreRequest> dueBy(Instant time) {
        List<ScoreRequest> due = new ArrayList<>();
        for (User user = waiting.peek(); user != null && !user.quietUntil.isAfter(time); user = waiting.peek()) {
            waiting.remove();
            due.add(user.request(user.waitingFor.orElseThrow(), user.quietUntil));
        }
        return due;
    }

    private Optional<ScoreRequest> ask(User user, Reason reason, Instant time) {
        if (!time.isBefore(user.quietUntil)) {
            return Optional.of(user.request(reason, time));
        }
        if (user.waitingFor.isEmpty()) {
            waiting.add(user);
        }
        user.waitingFor = Optional.of(RequestTrigger.stronger(user.waitingFor.orElse(reason), reason));
        return Optional.empty();
    }

    private Optional<Reason> reason(Sample sample, User user) {
        Staleness.Asked asked = user.asked
                .map(time -> new Staleness.Asked(user.countAsked, Duration.between(time, sample.eventTime())))
                .orElse(null);
        return trigger.reason(sample.sampleId(), user.history.size(), tail.needsScores(sample.itemCount()), asked);
    }

    private static double share(String sampleId) {
        return (double) ((sampleId.hashCode() * 0x9E3779B97F4A7C15L) >>> 11) / (1L << 53);
    }
}
