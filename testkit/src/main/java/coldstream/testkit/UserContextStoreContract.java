package coldstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ProfileStore;
import coldstream.domain.ScoreStore;
import coldstream.domain.ScoreStore.StoredScore;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserContext;
import coldstream.domain.UserContextStore;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.domain.UserStateStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link UserContextStore} must do; each implementation's test extends this. */
public abstract class UserContextStoreContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob } {");

    /** A store and the three whose contents it reads; all empty. */
    public record Stores(UserStateStore states, ScoreStore scores, ProfileStore profiles, UserContextStore all) {}

    protected abstract Stores emptyStores();

    private static TasteProfile profile(UserId user) {
        return new TasteProfile(user, "films", TextVector.of(1, -0.5f), "bge", "qwen", "p1", 1, NOON, NOON);
    }

    private static SoftScores scores(UserId user) {
        return new SoftScores(
                "r1",
                user,
                List.of(new ItemScore(new ItemId("i2"), 0.25)),
                Optional.empty(),
                "qwen",
                "p1",
                1,
                NOON,
                1,
                NOON);
    }

    @Test
    void readsAllThatWasPutOfAUser() {
        Stores stores = emptyStores();
        UserState state = new UserState(List.of(new ItemId("i1")), 1);
        stores.states.putAll(Map.of(ANN, state));
        stores.scores.put(scores(ANN));
        stores.profiles.put(profile(ANN));

        assertThat(stores.all.find(List.of(ANN)))
                .containsExactly(new UserContext(
                        ANN,
                        Optional.of(state),
                        Map.of(new ItemId("i2"), new StoredScore(0.25, "r1", "qwen", NOON, 1, false)),
                        Optional.of(profile(ANN))));
    }

    @Test
    void knowsNothingOfAStranger() {
        assertThat(emptyStores().all.find(List.of(ANN))).containsExactly(UserContext.unknown(ANN));
    }

    @Test
    void answersManyUsersInTheOrderAskedAndMixesNobodyUp() {
        Stores stores = emptyStores();
        stores.states.putAll(Map.of(BOB, new UserState(List.of(new ItemId("b")), 7)));
        stores.profiles.put(profile(ANN));

        List<UserContext> found = stores.all.find(List.of(BOB, new UserId("nobody"), ANN, BOB));

        assertThat(found).extracting(UserContext::user).containsExactly(BOB, new UserId("nobody"), ANN, BOB);
        assertThat(found).extracting(context -> context.known().count()).containsExactly(7L, 0L, 0L, 7L);
        assertThat(found)
                .extracting(context -> context.profile().isPresent())
                .containsExactly(false, false, true, false);
    }

    @Test
    void nobodyAskedForIsNobodyAnswered() {
        assertThat(emptyStores().all.find(List.of())).isEmpty();
    }
}
