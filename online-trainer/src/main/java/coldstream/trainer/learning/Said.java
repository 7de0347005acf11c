package coldstream.trainer.learning;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoreStore.StoredScore;
import coldstream.domain.TasteProfile;
import coldstream.domain.UserContext;
import coldstream.domain.UserState;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a language model had said of a user when an event of theirs was predicted, as far as it could speak for that event:
 * the learner looked at the same. Immutable, so any thread may read it later.
 */
public final class Said {

    /** Nobody said anything. */
    public static final Said NOTHING = new Said(null, null);

    private final @Nullable ScoredRequest scores;
    private final Profiles.@Nullable Known profile;

    private Said(@Nullable ScoredRequest scores, Profiles.@Nullable Known profile) {
        this.scores = scores;
        this.profile = profile;
    }

    static Said of(@Nullable ScoredRequest scores, Profiles.@Nullable Known profile) {
        return scores == null && profile == null ? NOTHING : new Said(scores, profile);
    }

    /** The user as serving would have known them just before the event. */
    public UserContext user(Sample sample) {
        var state = new UserState(
                sample.history(), sample.userCount(), sample.userNegatives().orElse(0));
        return new UserContext(sample.user(), Optional.of(state), stored(), described());
    }

    /** As Redis keeps an answer; its candidates are those without an audit's hidden item. */
    private Map<ItemId, StoredScore> stored() {
        if (scores == null) {
            return Map.of();
        }
        Map<ItemId, StoredScore> stored = new HashMap<>();
        for (int k = 0; k < scores.candidates().size(); k++) {
            var score = new StoredScore(
                    scores.scores().get(k),
                    "",
                    scores.model(),
                    scores.historyMaxTime(),
                    scores.historyVersion(),
                    false);
            stored.put(scores.candidates().get(k).item(), score);
        }
        return stored;
    }

    private Optional<TasteProfile> described() {
        return Optional.ofNullable(profile)
                .map(known -> new TasteProfile(
                        known.user(),
                        "",
                        known.vector(),
                        known.encoder(),
                        "",
                        "",
                        known.historyVersion(),
                        known.historyMaxTime(),
                        known.historyMaxTime()));
    }

    /** Whether as much was said: learners that have gone the same way say the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Said that && Objects.equals(profile, that.profile) && stored().equals(that.stored());
    }

    @Override
    public int hashCode() {
        return Objects.hash(profile, stored());
    }

    @Override
    public String toString() {
        return "Said[scores=%s, profile=%s]".formatted(stored(), profile);
    }
}
