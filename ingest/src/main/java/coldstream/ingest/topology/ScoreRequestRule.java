package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.ItemId;
import coldstream.domain.RequestTrigger;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.Staleness;
import coldstream.ingest.topology.Timeline.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;

/**
 * When the language model is asked about a user, and how often: at once, then not again before the debounce is over, then
 * once more if there was reason to in between.
 */
final class ScoreRequestRule {

    /** Most hints one request collects. */
    static final int MAX_HINTS = 10;

    private final RequestTrigger trigger;
    private final long debounceMillis;

    ScoreRequestRule(int coldHistory, double auditRate, Staleness staleness, Duration debounce) {
        trigger = new RequestTrigger(coldHistory, auditRate, staleness, ScoreRequestRule::share);
        this.debounceMillis = debounce.toMillis();
    }

    /** Why to ask after a positive, if at all; see {@link RequestTrigger#reason}. */
    Optional<Reason> reason(String sampleId, long time, boolean needsScores, Timeline timeline) {
        Staleness.Asked asked = timeline.lastRequest()
                .map(last -> new Staleness.Asked(timeline.countAsked(), Duration.ofMillis(time - last)))
                .orElse(null);
        return trigger.reason(sampleId, timeline.count(), needsScores, asked);
    }

    boolean mayAsk(long time, Timeline timeline) {
        return timeline.lastRequest().map(last -> time >= last + debounceMillis).orElse(true);
    }

    /** The request that waits, widened by one more reason to ask; the strongest reason is named first in its enum. */
    Waiting await(Reason reason, List<ItemId> hints, Timeline timeline) {
        long due = timeline.lastRequest().orElseThrow() + debounceMillis;
        Waiting earlier = timeline.waiting().orElse(new Waiting(reason, List.of(), due));
        List<ItemId> all = Stream.concat(earlier.hints().stream(), hints.stream())
                .distinct()
                .limit(MAX_HINTS)
                .toList();
        return new Waiting(RequestTrigger.stronger(earlier.reason(), reason), all, earlier.due());
    }

    /** A number in [0, 1) that the text alone decides. */
    private static double share(String text) {
        return Utils.toPositive(Utils.murmur2(text.getBytes(UTF_8))) / (1.0 + Integer.MAX_VALUE);
    }
}
