package coldstream.scorer;

import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoringClaims;
import coldstream.domain.ScoringClaims.Claim;
import coldstream.domain.ScoringClaims.Verdict;
import coldstream.scorer.Decision.Answer;
import coldstream.scorer.Decision.Dropped;
import coldstream.scorer.Decision.Later;
import coldstream.scorer.Decision.Why;
import coldstream.scorer.Outlet.Decided;
import coldstream.scorer.RequestDesk.Opened;
import coldstream.scorer.budget.Worth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The requests that one member of the share group holds: claims their users, sends them to wait, gets finished ones out, and
 * says how each is acknowledged. Used by the lane's thread alone; others only add to what is finished.
 */
final class HeldRequests {

    /** Where a record is; the topic is always the same. */
    private record Place(int partition, long offset) {}

    /** @param work that came to it; none for a record that could not be read */
    private record Finished(
            ConsumerRecord<byte[], byte[]> record, @Nullable Work work, Decision decision) {}

    /** A record and how to acknowledge it. */
    record Settled(ConsumerRecord<byte[], byte[]> record, AcknowledgeType acknowledgement) {}

    private final RequestDesk desk;
    private final WaitingRoom room;
    private final UserClaims claims;
    private final Worth worth;
    private final Outlet outlet;
    private final ScorerMetrics metrics;
    private final int deliveries;
    private final Duration claimsTick;

    private final Map<Place, Work> held = new LinkedHashMap<>();
    private final Set<Place> unreadable = new LinkedHashSet<>();

    /** What the consumer lets us acknowledge now. */
    private final Map<Place, ConsumerRecord<byte[], byte[]>> offered = new LinkedHashMap<>();

    /** What waits for somebody else's claim to end. */
    private final Map<Place, Work> taken = new LinkedHashMap<>();

    /** What is out, by how it is to be acknowledged. */
    private final Map<Place, AcknowledgeType> out = new LinkedHashMap<>();

    private final LinkedBlockingQueue<Finished> finished = new LinkedBlockingQueue<>();

    /** What Kafka did not take, to be sent again at the next tick. */
    private final List<Finished> unsent = new ArrayList<>();

    private long lastTick = System.nanoTime();

    /**
     * @param deliveries after which a request is given up
     * @param claimsTick between two looks at claims: renews the own, tries for what others had
     */
    HeldRequests(
            RequestDesk desk,
            WaitingRoom room,
            ScoringClaims claims,
            Worth worth,
            Outlet outlet,
            ScorerMetrics metrics,
            int deliveries,
            Duration claimsTick) {
        this.desk = desk;
        this.room = room;
        this.claims = new UserClaims(claims, metrics);
        this.worth = worth;
        this.outlet = outlet;
        this.metrics = metrics;
        this.deliveries = deliveries;
        this.claimsTick = claimsTick;
    }

    boolean isEmpty() {
        return held.isEmpty() && unreadable.isEmpty();
    }

    /** Whether records of the last poll wait for their acknowledgement. */
    boolean isOffered() {
        return !offered.isEmpty();
    }

    /** What a poll returned: new requests, and renewed ones. */
    void offered(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Work> newcomers = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Place place = place(record);
            offered.put(place, record);
            if (held.containsKey(place) || unreadable.contains(place) || out.containsKey(place)) {
                continue;
            }
            Opened opened = desk.open(record.value(), delivery(record), deliveries);
            ScoreRequest request = opened.request();
            metrics.handedOut(delivery(record));
            if (request == null) {
                unreadable.add(place);
                finished.add(new Finished(record, null, Objects.requireNonNull(opened.dead())));
                continue;
            }
            Claim claim = new Claim(
                    request.user(), request.requestId(), UUID.randomUUID().toString());
            Work work = new Work(record, request, claim, worth.of(request), this::finish);
            held.put(place, work);
            newcomers.add(work);
        }
        claim(newcomers);
    }

    private void finish(Work work, Decision decision) {
        finished.add(new Finished(work.record(), work, decision));
    }

    private void claim(Collection<Work> works) {
        if (works.isEmpty()) {
            return;
        }
        List<Work> all = List.copyOf(works);
        List<Verdict> verdicts = claims.claim(all);
        for (int i = 0; i < all.size(); i++) {
            apply(all.get(i), verdicts.get(i));
        }
    }

    private void apply(Work work, Verdict verdict) {
        Place place = place(work.record());
        taken.remove(place);
        switch (verdict) {
            case MINE -> room.enter(work);
            case TAKEN -> taken.put(place, work);
            case ANSWERED -> work.finish(new Dropped(Why.ANSWERED));
            case DEBOUNCED -> work.finish(new Dropped(Why.DEBOUNCED));
        }
    }

    /** Once a while: renews what is ours, and tries for what others had. */
    void tick() {
        if (System.nanoTime() - lastTick < claimsTick.toNanos()) {
            return;
        }
        lastTick = System.nanoTime();
        finished.addAll(unsent);
        unsent.clear();
        claims.renew(held.entrySet().stream()
                .filter(one -> !taken.containsKey(one.getKey()))
                .map(Map.Entry::getValue)
                .toList());
        claim(new ArrayList<>(taken.values()));
    }

    /**
     * Gets out what is finished, waiting this long for the first of it, and says how to acknowledge what is out and offered.
     * What is not offered now is acknowledged when the broker has renewed it.
     */
    List<Settled> settle(Duration longest) throws InterruptedException {
        boolean waits = out.keySet().stream().noneMatch(offered::containsKey);
        Finished first = finished.poll(waits ? longest.toMillis() : 0, TimeUnit.MILLISECONDS);
        if (first != null) {
            List<Finished> batch = new ArrayList<>(List.of(first));
            finished.drainTo(batch);
            batch.removeIf(one -> !isHeld(one));
            publish(batch);
        }
        List<Settled> settled = new ArrayList<>();
        out.entrySet().removeIf(one -> {
            ConsumerRecord<byte[], byte[]> record = offered.remove(one.getKey());
            if (record != null) {
                settled.add(new Settled(record, one.getValue()));
            }
            return record != null;
        });
        return settled;
    }

    private boolean isHeld(Finished one) {
        Place place = place(one.record());
        return one.work() == null ? unreadable.contains(place) : held.get(place) == one.work();
    }

    private void publish(List<Finished> batch) {
        List<Decided> decided = batch.stream()
                .map(one -> new Decided(one.record(), decision(one)))
                .toList();
        List<AcknowledgeType> acknowledgements = outlet.publish(decided);
        List<Work> answered = new ArrayList<>();
        List<Work> over = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Finished one = batch.get(i);
            Decision decision = decided.get(i).decision();
            if (acknowledgements.get(i) == AcknowledgeType.RELEASE && !(decision instanceof Later)) {
                unsent.add(one); // it stays ours until Kafka has it
                continue;
            }
            Place place = place(one.record());
            unreadable.remove(place);
            out.put(place, acknowledgements.get(i));
            Work work = held.remove(place);
            if (work != null) {
                metrics.settled(work.request().requestedAt());
                (decision instanceof Answer ? answered : over).add(work);
            }
        }
        claims.answered(answered);
        claims.release(over);
    }

    private Decision decision(Finished one) {
        return one.decision() instanceof Later later
                ? later.unlessLast(delivery(one.record()), deliveries)
                : one.decision();
    }

    /** The records that are offered and unfinished: to be renewed. */
    List<ConsumerRecord<byte[], byte[]>> renew() {
        List<ConsumerRecord<byte[], byte[]>> unfinished = List.copyOf(offered.values());
        offered.clear();
        return unfinished;
    }

    /** The broker no longer keeps these for this member: another answers them. */
    void lost(int partition, Collection<Long> offsets) {
        for (long offset : offsets) {
            Place place = new Place(partition, offset);
            out.remove(place);
            offered.remove(place);
            unreadable.remove(place);
            Work work = held.remove(place);
            if (work != null) {
                metrics.lost();
                giveUp(List.of(work));
            }
        }
    }

    /** Lets go of everything: the membership is over. */
    void abandon() {
        giveUp(List.copyOf(held.values()));
        held.clear();
        unreadable.clear();
        offered.clear();
        out.clear();
    }

    private void giveUp(List<Work> works) {
        works.forEach(work -> {
            taken.remove(place(work.record()));
            room.forget(work);
        });
        claims.release(works);
    }

    private static int delivery(ConsumerRecord<byte[], byte[]> record) {
        return record.deliveryCount().orElse((short) 1);
    }

    private static Place place(ConsumerRecord<byte[], byte[]> record) {
        return new Place(record.partition(), record.offset());
    }
}
