package coldstream.testkit;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreStore;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.StoreUnavailableException;
import coldstream.domain.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@link ScoreStore} that forgets with the process and can be sent away. */
public final class InMemoryScoreStore implements ScoreStore {

    private final Map<UserId, Map<ItemId, StoredScore>> scores = new HashMap<>();
    private boolean away;

    /** From now on every call fails, or works again. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public synchronized void putAll(List<SoftScores> answers) {
        requireHere();
        for (SoftScores answer : answers) {
            if (answer.shown().isPresent()) {
                continue;
            }
            for (ItemScore score : answer.scores()) {
                StoredScore stored = new StoredScore(
                        score.score(),
                        answer.requestId(),
                        answer.model(),
                        answer.scoredAt(),
                        answer.historyVersion(),
                        answer.hidden().filter(score.item()::equals).isPresent());
                scores.computeIfAbsent(answer.user(), user -> new HashMap<>())
                        .merge(score.item(), stored, InMemoryScoreStore::newer);
            }
        }
    }

    private static StoredScore newer(StoredScore known, StoredScore offered) {
        return offered.scoredAt().isBefore(known.scoredAt()) ? known : offered;
    }

    @Override
    public synchronized Map<ItemId, StoredScore> find(UserId user) {
        requireHere();
        return Map.copyOf(scores.getOrDefault(user, Map.of()));
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailableException("the score store is away");
        }
    }
}
