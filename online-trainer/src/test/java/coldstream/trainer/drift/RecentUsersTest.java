package coldstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import coldstream.domain.UserId;
import coldstream.testkit.Examples;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentUsersTest {

    private static final ItemId FILM = Examples.FILM;

    private final RecentUsers users = new RecentUsers(3);

    private static Sample sample(String user, int count, int label) {
        List<ItemId> history =
                IntStream.range(0, count).mapToObj(i -> new ItemId("h" + i)).toList();
        return new Sample(
                "s|" + user + count,
                new UserId(user),
                FILM,
                label,
                OptionalDouble.empty(),
                1,
                history,
                count,
                0,
                count <= 3,
                false,
                Examples.NOON.plusSeconds(count),
                Examples.NOON);
    }

    private List<String> asked(String stratum, int most) {
        return users.requests("a", stratum, most, Examples.NOON).stream()
                .map(request -> request.user().value())
                .toList();
    }

    @Test
    void usersOfTheStratumAreAskedAboutThoseSeenLastFirstWithinTheBound() {
        users.seen(List.of(sample("gone", 1, 1), sample("ann", 1, 1), sample("bob", 9, 1)));
        users.seen(List.of(sample("cyd", 2, 1), sample("ann", 2, 1)));

        assertThat(asked("all", 9)).containsExactly("ann", "cyd", "bob");
        assertThat(asked("cold_tail", 9)).containsExactly("ann", "cyd");
        assertThat(asked("warm_head", 9)).containsExactly("bob");
        assertThat(asked("all", 1)).containsExactly("ann");
    }

    @Test
    void aRequestHasTheHistoryBehindTheSample() {
        users.seen(List.of(sample("ann", 12, 1), sample("bob", 2, 0)));
        List<ScoreRequest> requests = users.requests("alert", "all", 9, Examples.NOON);

        ScoreRequest ann = requests.get(1);
        assertThat(ann.requestId()).isEqualTo("alert|ann");
        assertThat(ann.history()).hasSize(10).endsWith(new ItemId("h11"), FILM).doesNotContain(new ItemId("h2"));
        assertThat(ann.historyVersion()).isEqualTo(13);
        assertThat(ann.reason()).isEqualTo(ScoreRequest.Reason.STALE);
        assertThat(requests.get(0).history()).doesNotContain(FILM);
        assertThat(requests.get(0).historyVersion()).isEqualTo(2);
    }
}
