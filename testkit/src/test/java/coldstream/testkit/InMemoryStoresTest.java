package coldstream.testkit;

import coldstream.domain.PopularityStore;
import coldstream.domain.ProfileStore;
import coldstream.domain.ScoreStore;
import coldstream.domain.ScoringClaims;
import coldstream.domain.UserStateStore;
import org.junit.jupiter.api.Nested;

/** The fakes keep the contracts the Redis adapters keep. */
class InMemoryStoresTest {

    @Nested
    class Scores extends ScoreStoreContract {
        @Override
        protected ScoreStore emptyStore() {
            return new InMemoryScoreStore();
        }
    }

    @Nested
    class States extends UserStateStoreContract {
        @Override
        protected UserStateStore emptyStore() {
            return new InMemoryUserStateStore();
        }
    }

    @Nested
    class Profiles extends ProfileStoreContract {
        @Override
        protected ProfileStore emptyStore() {
            return new InMemoryProfileStore();
        }
    }

    @Nested
    class Contexts extends UserContextStoreContract {
        @Override
        protected Stores emptyStores() {
            var states = new InMemoryUserStateStore();
            var scores = new InMemoryScoreStore();
            var profiles = new InMemoryProfileStore();
            return new Stores(states, scores, profiles, new InMemoryUserContextStore(states, scores, profiles));
        }
    }

    @Nested
    class Popularity extends PopularityStoreContract {
        @Override
        protected PopularityStore emptyStore() {
            return new InMemoryPopularityStore();
        }
    }

    @Nested
    class Claims extends ScoringClaimsContract {
        @Override
        protected ScoringClaims noClaims(ScoringClaims.Times times) {
            return new InMemoryScoringClaims(times);
        }
    }
}
