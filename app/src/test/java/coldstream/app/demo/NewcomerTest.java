package coldstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.DataSet;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.UserId;
import coldstream.testkit.Examples;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NewcomerTest {

    @Test
    void isTheLastToAppearOfThoseWithEnoughEvents() {
        assertThat(Newcomer.find(stream("a b a b a b c c"), 8)).contains(new Newcomer(new UserId("b"), 1, 6));
    }

    @Test
    void eventsPastTheLimitDoNotCount() {
        assertThat(Newcomer.find(stream("a a a b b b"), 5)).contains(new Newcomer(new UserId("a"), 0, 3));
    }

    @Test
    void nobodyIsNewEnoughInAStreamOfOneTimers() {
        assertThat(Newcomer.find(stream("a b c"), 3)).isEmpty();
    }

    private static DataSet stream(String users) {
        return new DataSet() {
            @Override
            public String name() {
                return "letters";
            }

            @Override
            public Summary summary() {
                return new Summary(0, 0, 0);
            }

            @Override
            public Stream<Item> items() {
                return Stream.empty();
            }

            @Override
            public Stream<Interaction> interactions() {
                return Arrays.stream(users.split(" ", -1))
                        .map(user -> Examples.click("e", new UserId(user), Examples.FILM, Examples.NOON));
            }
        };
    }
}
