package coldstream.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.app.dataset.Drift.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DriftTest {

    @Test
    void aDriftIsReadAsPeopleWriteIt() {
        assertThat(Drift.parse("sudden")).isEqualTo(new Drift(Kind.SUDDEN, 0.5, 0.5));
        assertThat(Drift.parse("gradual@0.4")).isEqualTo(new Drift(Kind.GRADUAL, 0.4, 0.6000000000000001));
        assertThat(Drift.parse("popularity-shock@0.3-0.35")).isEqualTo(new Drift(Kind.POPULARITY_SHOCK, 0.3, 0.35));
        for (String name : Drift.names()) {
            Drift drift = Drift.parse(name);
            assertThat(Drift.parse(drift.toString())).isEqualTo(drift);
        }
    }

    @Test
    void whatIsNoDriftIsRefusedWithTheRule() {
        assertThatThrownBy(() -> Drift.parse("quake"))
                .hasMessageStartingWith("a drift must be one of [sudden, gradual,");
        assertThatThrownBy(() -> Drift.parse("sudden@1.5"))
                .hasMessage("a drift must begin within the stream, after 0 and before 1, got 1.5");
        assertThatThrownBy(() -> Drift.parse("gradual@0.5-0.4"))
                .hasMessage("a drift must end between its beginning and 1, got 0.4");
        assertThatThrownBy(() -> Drift.parse("sudden@half")).hasMessageStartingWith("a drift must be NAME");
        assertThatThrownBy(() -> Drift.parse("sudden@0.5.5")).hasMessageContaining("shares of the stream as numbers");
    }

    @Test
    void aShopIsNamedWithItsSizeAndSeed() {
        DataSet shop = DataSets.open(Path.of("simulated-shop:300:7"), List.of(), Map.of());

        assertThat(shop.summary().events()).isEqualTo(300);
        assertThat(shop.interactions().toList())
                .isEqualTo(new SimulatedShop(300, 7).interactions().toList());
    }

    @Test
    void whatHappenedAlreadyCannotDrift() {
        List<Drift> drifts = List.of(Drift.of(Kind.SUDDEN));

        assertThatThrownBy(() -> DataSets.open(Path.of("/tmp"), drifts, Map.of()))
                .hasMessage("a drift can only be had in the simulated-shop, got --drift with --data /tmp");
        assertThatThrownBy(() -> DataSets.open(Path.of("simulated-shop:many"), drifts, Map.of()))
                .hasMessage(
                        "a simulated shop must be simulated-shop:EVENTS:SEED with whole numbers, got simulated-shop:many");
    }
}
