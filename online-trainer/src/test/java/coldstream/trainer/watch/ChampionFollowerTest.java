package coldstream.trainer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.monitor.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChampionFollowerTest {

    private final FakeChampions champions = new FakeChampions();
    private final List<String> told = new ArrayList<>();
    private final ChampionFollower follower = new ChampionFollower(
            champions, Duration.ofSeconds(1), (version, reference) -> told.add(version + " " + reference.isPresent()));

    @Test
    void aChampionIsFetchedOnce() {
        follower.ask();
        champions.champion = Optional.of("3");
        champions.references.put("3", Reference.none().write());
        follower.ask();
        follower.ask();
        assertThat(told).containsExactly("3 true");
        assertThat(champions.fetched).isEqualTo(1);
    }

    @Test
    void aChampionFromBeforeThisWasWrittenSaysNothing() {
        champions.champion = Optional.of("1");
        follower.ask();
        assertThat(told).containsExactly("1 false");
    }

    @Test
    void aRegistryThatIsAwayOrAFileThatIsDamagedIsAskedAgain() {
        champions.champion = Optional.of("2");
        champions.references.put("2", new byte[] {9});
        champions.away = true;
        follower.ask();
        champions.away = false;
        follower.ask();
        assertThat(told).isEmpty();
        champions.references.put("2", Reference.none().write());
        follower.ask();
        assertThat(told).containsExactly("2 true");
    }
}
