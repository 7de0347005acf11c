package coldstream.trainer.drift;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The users seen last, each with its latest sample: whom to ask about anew. Thread-safe; memory is bounded. */
public final class RecentUsers {

    private final int most;
    private final LinkedHashMap<UserId, Sample> latest = new LinkedHashMap<>(16, 0.75f, true);

    /** @param most users remembered */
    public RecentUsers(int most) {
        this.most = most;
    }

    /** Takes in a step's samples, in order. */
    public synchronized void seen(List<Sample> samples) {
        for (Sample sample : samples) {
            latest.put(sample.user(), sample);
            if (latest.size() > most) {
                latest.remove(latest.keySet().iterator().next());
            }
        }
    }

    /**
     * Requests about users of a stratum, those seen last first.
     *
     * @param ids first part of the requests' ids
     * @param stratum one that begins with {@code cold} or {@code warm} is of such users, any other of all
     * @param count most requests
     */
    public synchronized List<ScoreRequest> requests(String ids, String stratum, int count, Instant now) {
        List<Map.Entry<UserId, Sample>> newest = new ArrayList<>(latest.entrySet());
        Collections.reverse(newest);
        return newest.stream()
                .map(Map.Entry::getValue)
                .filter(sample -> isOf(stratum, sample))
                .limit(count)
                .map(sample -> request(ids, sample, now))
                .toList();
    }

    private static boolean isOf(String stratum, Sample sample) {
        return stratum.startsWith("cold") ? sample.cold() : !stratum.startsWith("warm") || !sample.cold();
    }

    private static ScoreRequest request(String ids, Sample sample, Instant now) {
        boolean taken = sample.label() == 1;
        List<ItemId> history = new ArrayList<>(sample.history());
        if (taken) {
            history.add(sample.item());
        }
        int from = Math.max(0, history.size() - ScoreRequest.MAX_HISTORY);
        return new ScoreRequest(
                ids + "|" + sample.user(),
                sample.user(),
                history.subList(from, history.size()),
                ScoreRequest.Reason.STALE,
                List.of(),
                sample.userCount() + (taken ? 1 : 0),
                sample.eventTime(),
                now);
    }
}
