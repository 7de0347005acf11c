package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SightsTest {

    @Test
    void countsAreExactWhileThereIsRoom() {
        Sights sights = new Sights(10);
        for (int seen = 1; seen <= 5; seen++) {
            for (long id = 0; id < 10; id++) {
                assertThat(sights.note(id)).isEqualTo(seen);
            }
        }
        sights.forget(3);
        assertThat(sights.note(3)).isEqualTo(1);
    }

    @Test
    void whatIsSeenAgainInTimeIsRemembered() {
        Sights sights = new Sights(10);
        for (long other = 100; other < 200; other++) {
            sights.note(other);
            int expected = (int) (other - 99);
            assertThat(sights.note(1)).isEqualTo(expected);
        }
    }

    @Test
    void memoryStaysBoundedAndWhatIsNotSeenForLongIsForgotten() {
        Sights sights = new Sights(10);
        sights.note(1);
        for (long other = 100; other < 10_000; other++) {
            sights.note(other);
            assertThat(sights.size()).isLessThanOrEqualTo(20);
        }
        assertThat(sights.note(1)).isEqualTo(1);
    }

    @Test
    void bothGenerationsSurviveTheirFile(@TempDir Path folder) {
        Sights sights = new Sights(4);
        for (long id = 0; id < 7; id++) {
            sights.note(id);
            sights.note(id);
        }
        Safetensors.Builder file = new Safetensors.Builder();
        sights.write(file, "x");
        file.write(folder.resolve("f"));
        Sights again = new Sights(4);
        again.read(Safetensors.read(folder.resolve("f")), "x");
        for (long id : new long[] {6, 0, 9, 5, 1, 2, 3, 4}) {
            assertThat(again.note(id)).isEqualTo(sights.note(id));
        }
    }
}
