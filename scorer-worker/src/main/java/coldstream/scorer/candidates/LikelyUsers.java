package coldstream.scorer.candidates;

import static coldstream.domain.Check.check;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Users who could like an item hardly anybody took: where an item of the tail makes ingest ask about one user, a few others
 * are asked about too, so that the item is compared by more than the one who took it.
 *
 * <p>They are drawn from the last {@value #REMEMBERED} requests: of {@value #LOOKED_AT}, those whose history has the item
 * closest to this one. One thread.
 */
public final class LikelyUsers {

    private static final int REMEMBERED = 2_000;
    private static final int LOOKED_AT = 64;
    private static final String PREFIX = "tail|";

    private final int wanted;
    private final Closeness closeness;
    private final List<ScoreRequest> ring = new ArrayList<>();
    private int oldest;

    private record Likely(ScoreRequest request, double cosine) {}

    /** @param wanted users asked about for each such request, 0 to 10 */
    public LikelyUsers(int wanted, Closeness closeness) {
        check(wanted >= 0 && wanted <= 10, "scorer.tail-users must be 0 to 10, got %d", wanted);
        this.wanted = wanted;
        this.closeness = closeness;
    }

    /** The requests to make besides this one; it is remembered. What it led to before leads to nothing. */
    public List<ScoreRequest> besides(ScoreRequest request, Instant now) {
        if (request.requestId().startsWith(PREFIX)) {
            return List.of();
        }
        List<ScoreRequest> found =
                request.reason() == Reason.TAIL_ITEM && !request.hints().isEmpty()
                        ? likely(request, request.hints().get(0), now)
                        : List.of();
        remember(request);
        return found;
    }

    private void remember(ScoreRequest request) {
        if (ring.size() < REMEMBERED) {
            ring.add(request);
        } else {
            ring.set(oldest, request);
            oldest = (oldest + 1) % REMEMBERED;
        }
    }

    private List<ScoreRequest> likely(ScoreRequest request, ItemId item, Instant now) {
        SplittableRandom random = new SplittableRandom(seed(request.requestId()));
        Set<UserId> met = new HashSet<>(Set.of(request.user()));
        List<Likely> likely = new ArrayList<>();
        for (int draw = 0; draw < LOOKED_AT && !ring.isEmpty(); draw++) {
            ScoreRequest other = ring.get(random.nextInt(ring.size()));
            double cosine = nearest(item, other.history());
            if (met.add(other.user()) && !other.history().contains(item) && cosine > 0) {
                likely.add(new Likely(other, cosine));
            }
        }
        likely.sort(Comparator.comparingDouble((Likely one) -> -one.cosine).thenComparing(one -> one.request.user()));
        return likely.stream()
                .limit(wanted)
                .map(one -> about(one.request, item, now))
                .toList();
    }

    /** −1 where nothing is known. */
    private double nearest(ItemId item, List<ItemId> history) {
        double nearest = -1;
        for (ItemId taken : history) {
            double cosine = closeness.cosine(item, taken);
            if (cosine > nearest) { // a NaN is no closeness
                nearest = cosine;
            }
        }
        return nearest;
    }

    private static ScoreRequest about(ScoreRequest user, ItemId item, Instant now) {
        return new ScoreRequest(
                PREFIX + item + "|" + user.user() + "|" + user.historyVersion(),
                user.user(),
                user.history(),
                Reason.TAIL_ITEM,
                List.of(item),
                user.historyVersion(),
                user.historyMaxTime(),
                now);
    }

    private static long seed(String requestId) {
        CRC32 crc = new CRC32();
        crc.update(requestId.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
