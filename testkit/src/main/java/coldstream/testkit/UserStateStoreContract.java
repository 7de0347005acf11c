package coldstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.domain.UserStateStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link UserStateStore} must do; each implementation's test extends this. */
public abstract class UserStateStoreContract {

    private static final UserId USER = new UserId("u1");

    /** A store nobody else uses, empty. */
    protected abstract UserStateStore emptyStore();

    protected static UserState state(long count, String... history) {
        return new UserState(Stream.of(history).map(ItemId::new).toList(), count);
    }

    @Test
    void returnsWhatWasPutInOrder() {
        UserStateStore store = emptyStore();

        store.putAll(Map.of(USER, state(70, "i3", "i1", "i3", "\"i2\", x")));

        assertThat(store.find(USER)).contains(state(70, "i3", "i1", "i3", "\"i2\", x"));
    }

    @Test
    void knowsNothingOfAUserNobodySaw() {
        assertThat(emptyStore().find(USER)).isEmpty();
    }

    @Test
    void aLowerCountNeverReplacesAHigherOne() {
        UserStateStore store = emptyStore();
        store.putAll(Map.of(USER, state(10, "i1", "i2")));

        store.putAll(Map.of(USER, state(9, "i1")));

        assertThat(store.find(USER)).contains(state(10, "i1", "i2"));
    }

    @Test
    void theSameCountOrAHigherOneReplaces() {
        UserStateStore store = emptyStore();
        store.putAll(Map.of(USER, state(1, "i1")));

        store.putAll(Map.of(USER, state(1, "i2")));
        assertThat(store.find(USER)).contains(state(1, "i2"));

        store.putAll(Map.of(USER, state(2, "i2", "i3")));
        assertThat(store.find(USER)).contains(state(2, "i2", "i3"));
    }

    @Test
    void aStateOfMoreEventsReplacesWhetherTheyWereTakenOrRefused() {
        UserStateStore store = emptyStore();
        UserState refused = new UserState(List.of(new ItemId("i1")), 1, 3);
        store.putAll(Map.of(USER, state(1, "i1")));

        store.putAll(Map.of(USER, refused));
        assertThat(store.find(USER)).contains(refused);

        store.putAll(Map.of(USER, new UserState(List.of(new ItemId("i1")), 1, 2)));
        assertThat(store.find(USER)).contains(refused);
    }

    @Test
    void aStateWithoutHistoryIsAState() {
        UserStateStore store = emptyStore();

        store.putAll(Map.of(USER, UserState.EMPTY));

        assertThat(store.find(USER)).contains(UserState.EMPTY);
    }

    @Test
    void keepsUsersApartWhateverTheirNamesContain() {
        UserStateStore store = emptyStore();

        store.putAll(Map.of(
                new UserId("a"), state(1, "i1"),
                new UserId("a}:state"), state(2, "i2"),
                new UserId("{a}"), state(3, "i3")));

        assertThat(List.of("a", "a}:state", "{a}"))
                .extracting(user -> store.find(new UserId(user)).orElseThrow().count())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void puttingNothingIsAllowed() {
        UserStateStore store = emptyStore();

        store.putAll(Map.of());

        assertThat(store.find(USER)).isEmpty();
    }
}
