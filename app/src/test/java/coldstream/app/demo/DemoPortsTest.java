package coldstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DemoPortsTest {

    @Test
    void theDefaultsAreTheWellKnownOnes() {
        assertThat(DemoPorts.offset(0)).isEqualTo(new DemoPorts(9092, 6379, 8080, 8081, 5000, 8083, 8084, 8082));
    }

    @Test
    void anOffsetMovesAllOfThemAndStaysWithinThePortsThereAre() {
        assertThat(DemoPorts.offset(1000)).isEqualTo(new DemoPorts(10092, 7379, 9080, 9081, 6000, 9083, 9084, 9082));
        assertThatThrownBy(() -> DemoPorts.offset(60_000)).hasMessageContaining("--port-offset must be 0 to 56443");
    }
}
