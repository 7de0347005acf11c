package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LivenessTest {

    @Test
    void aTrainerIsAliveUntilItStopsByItself() {
        assertThat(OnlineTrainer.alive(Optional.empty())).isTrue();
        assertThat(OnlineTrainer.alive(Optional.of(new IllegalStateException("the disk is full"))))
                .isFalse();
    }
}
