package coldstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ProfileStore;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link ProfileStore} must do; each implementation's test extends this. */
public abstract class ProfileStoreContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    /** A store nobody else uses, empty. */
    protected abstract ProfileStore emptyStore();

    /** A profile of this many positives, written at this second after noon. */
    protected static TasteProfile profile(String user, long historyVersion, int second) {
        return new TasteProfile(
                new UserId(user),
                "likes \"old\" films, {not} new ones; ä",
                TextVector.of(0.5f, -1.25f, 1e-7f),
                "bge",
                "qwen",
                "profile-v1",
                historyVersion,
                NOON.minusSeconds(60),
                NOON.plusSeconds(second).plusMillis(7));
    }

    @Test
    void returnsExactlyWhatWasPut() {
        ProfileStore store = emptyStore();

        store.put(profile("u1", 3, 0));

        assertThat(store.find(new UserId("u1"))).contains(profile("u1", 3, 0));
    }

    @Test
    void knowsNothingOfAUserNobodyDescribed() {
        assertThat(emptyStore().find(new UserId("u1"))).isEmpty();
    }

    @Test
    void aProfileOfLessHistoryNeverReplacesOneOfMore() {
        ProfileStore store = emptyStore();
        store.put(profile("u1", 10, 0));

        store.put(profile("u1", 9, 50));

        assertThat(store.find(new UserId("u1"))).contains(profile("u1", 10, 0));
    }

    @Test
    void aProfileOfMoreHistoryReplacesThoughItWasWrittenEarlier() {
        ProfileStore store = emptyStore();
        store.put(profile("u1", 9, 50));

        store.put(profile("u1", 10, 0));

        assertThat(store.find(new UserId("u1"))).contains(profile("u1", 10, 0));
    }

    @Test
    void ofTheSameHistoryTheLaterOneStays() {
        ProfileStore store = emptyStore();
        store.put(profile("u1", 2, 5));

        store.put(profile("u1", 2, 4));
        assertThat(store.find(new UserId("u1"))).contains(profile("u1", 2, 5));

        store.put(profile("u1", 2, 6));
        assertThat(store.find(new UserId("u1"))).contains(profile("u1", 2, 6));
    }

    @Test
    void keepsUsersApartWhateverTheirNamesContain() {
        ProfileStore store = emptyStore();

        store.putAll(List.of(profile("a", 1, 0), profile("a}:profile", 2, 0), profile("{a}", 3, 0)));

        assertThat(List.of("a", "a}:profile", "{a}"))
                .extracting(user -> store.find(new UserId(user)).orElseThrow().historyVersion())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void puttingNothingIsAllowed() {
        ProfileStore store = emptyStore();

        store.putAll(List.of());

        assertThat(store.find(new UserId("u1"))).isEmpty();
    }
}
