package coldstream.console.observe;

import coldstream.console.observe.Health.AlarmCounts;
import coldstream.console.observe.Health.Part;
import coldstream.console.observe.Health.State;
import coldstream.console.observe.SignalsView.Operation;
import coldstream.console.observe.SignalsView.Point;
import coldstream.monitor.Alarm;
import coldstream.monitor.WatchSettings;
import coldstream.wire.PromotionView;
import coldstream.wire.VersionDetail;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What is known of the whole system, now and over time. Asking the services and taking in what they answer are two calls, so
 * that nobody who reads waits for a service. Thread-safe; memory is bounded.
 */
public final class Observatory {

    private static final int POLLS_OF_PATIENCE = 3;

    private final String model;
    private final Places places;
    private final Asker asker;
    private final Instant started;
    private final Parts parts;
    private final Operations operations;
    private final Judging judging;
    private final QualityLine quality;
    private final GateLine gate;
    private final SignalBoard signals;
    private final OperationsWatch watch;
    private Instant since;

    /**
     * What a round brought.
     *
     * @param quality empty while nothing more was learnt
     * @param gate empty while nothing more was learnt
     * @param signals all signals, and the new points of their series
     * @param alarms of operations that opened or closed
     */
    public record News(Optional<Quality> quality, Optional<GateView> gate, SignalsView signals, List<Alarm> alarms) {}

    /**
     * @param watching how much the watch over operations may cry
     * @param poll between two rounds
     * @param timeout of each
     * @param history points of a series
     * @param started when the console was
     */
    public Observatory(
            String model,
            Places places,
            Limits limits,
            WatchSettings watching,
            Duration poll,
            Duration timeout,
            int history,
            Instant started) {
        this.model = model;
        this.places = places;
        this.asker = new Asker(timeout);
        this.started = started;
        this.since = started;
        this.parts = new Parts(poll.plus(timeout).multipliedBy(POLLS_OF_PATIENCE));
        this.operations = new Operations(history, limits);
        this.judging = new Judging(limits, operations, parts);
        this.quality = new QualityLine(history, started);
        this.gate = new GateLine(history, started);
        this.signals = new SignalBoard(history);
        this.watch = new OperationsWatch(watching, limits);
    }

    /** Asks all services at once and waits for them; to be handed to {@link #take}. */
    public Map<String, Answer> ask() throws InterruptedException {
        Map<String, URI> questions = places.questions();
        return asker.ask(questions);
    }

    /**
     * Takes in what they answered.
     *
     * @param dead dead letters seen so far; empty while nobody knows
     */
    public synchronized News take(
            Map<String, Answer> answers, OptionalDouble dead, Optional<PromotionView> promotion, Instant now) {
        var round = new Round(now, places, answers);
        List<Operation> readings = operations.take(round, dead);
        judging.judge(round, promotion.flatMap(PromotionView::champion));
        Optional<JsonNode> status = round.status();
        Optional<Quality> better = status.flatMap(one -> quality.take(one, now));
        Optional<GateView> moved = status.flatMap(one -> gate.take(one, now));
        Map<String, List<Point>> points = new TreeMap<>();
        round.drift().ifPresent(drift -> points.putAll(signals.take(drift, now)));
        List<Alarm> alarms =
                watch.take(readings, promotion.map(PromotionView::evidence).orElse(List.of()), now);
        points.putAll(signals.take(OperationsWatch.SOURCE, watch.signals(), now));
        return new News(better, moved, view(now, points, readings), alarms);
    }

    /** Takes in all versions there are, newest first. */
    public synchronized Optional<Quality> versions(List<VersionDetail> versions) {
        versions.forEach(one -> one.manifest().llmWatermark().ifPresent(operations::answered));
        return quality.take(
                versions.stream()
                        .sorted((one, other) -> one.manifest()
                                .createdAt()
                                .compareTo(other.manifest().createdAt()))
                        .toList(),
                started);
    }

    /** A part that is not asked over HTTP is well. */
    public synchronized void well(String part, String message, Instant now) {
        parts.heard(part, State.OK, null, message, now);
    }

    /** A part that is not asked over HTTP does not answer. */
    public synchronized void silent(String part, String why, Instant now) {
        parts.silent(part, "does not answer: " + why, now);
    }

    public synchronized Health health(
            Instant now,
            AlarmCounts counts,
            List<JsonNode> open,
            Optional<String> champion,
            Optional<PromotionView.Freeze> freeze) {
        List<Part> all = parts.parts(now);
        return new Health(now, model, parts.whole(now), all, counts, open, champion, freeze, started);
    }

    public synchronized Quality quality(int points) {
        return quality.view(points);
    }

    public synchronized GateView gate(int points) {
        return gate.view(points);
    }

    public synchronized SignalsView signals(Instant now, int points) {
        return view(now, signals.view(points), operations.view(points));
    }

    /** What a console that starts later goes on with. */
    public synchronized History history(Instant now) {
        GateView standing = gate.view(History.POINTS);
        return new History(
                History.FORMAT,
                model,
                since,
                now,
                quality.view(History.POINTS).strata(),
                standing.cells(),
                standing.residual(),
                signals.view(History.POINTS),
                operations.readings(History.POINTS));
    }

    /** Goes on with what another console saw before this one began. */
    public synchronized void recall(History before) {
        since = before.since().isBefore(since) ? before.since() : since;
        quality.recall(before);
        gate.recall(before);
        signals.recall(before.signals());
        operations.recall(before.operations());
    }

    private SignalsView view(Instant now, Map<String, List<Point>> series, List<Operation> readings) {
        return new SignalsView(now, since, model, signals.reference(), signals.signals(), series, readings);
    }
}
