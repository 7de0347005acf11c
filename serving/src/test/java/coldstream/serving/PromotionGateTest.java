package coldstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromotionGateTest {

    private final PromotionGate gate = new PromotionGate();

    private void happens(Kind kind, String version) {
        happens(kind, version, Optional.empty());
    }

    private void happens(Kind kind, String version, Optional<String> alias) {
        happens(kind, version, alias, Map.of("overall.difference", "-0.1"));
    }

    private void happens(Kind kind, String version, Optional<String> alias, Map<String, String> numbers) {
        var event = new RegistryEvent(kind, "ctr", version, alias, "rule", "because", Instant.EPOCH, numbers);
        gate.take(Json.read(Json.write(event), JsonNode.class));
    }

    @Test
    void isShutUntilItIsKnownWhatHappened() {
        assertThat(gate.open()).isFalse();
        assertThat(gate.closed()).isEmpty();
        gate.caughtUp();
        assertThat(gate.open()).isTrue();
    }

    @Test
    void shutsBehindAVersionKeptBackUntilOneIsPromoted() {
        gate.caughtUp();
        happens(Kind.VERSION_CREATED, "7");
        happens(Kind.KEPT, "7");
        assertThat(gate.open()).isFalse();
        assertThat(gate.closed()).contains("version 7 was kept back");
        happens(Kind.VERSION_CREATED, "8");
        assertThat(gate.open()).isFalse();
        happens(Kind.PROMOTED, "8");
        assertThat(gate.open()).isTrue();
    }

    @Test
    void aVersionThatNobodyJudgedBeforeTheNextCameShutsNothing() {
        gate.caughtUp();
        happens(Kind.KEPT, "7", Optional.empty(), Map.of());
        assertThat(gate.open()).isTrue();
    }

    @Test
    void isShutForAsLongAsACanaryAnswersAnybodyWhoeverStartedIt() {
        double[] share = {0.2};
        gate.caughtUp();
        gate.canary(() -> share[0]);
        assertThat(gate.closed()).contains("a canary answers some of the users");
        share[0] = 0;
        assertThat(gate.open()).isTrue();
    }

    @Test
    void isShutWhileAPersonOrACanaryDecides() {
        gate.caughtUp();
        happens(Kind.CANARY_STARTED, "7");
        assertThat(gate.open()).isFalse();
        happens(Kind.PENDING, "7");
        assertThat(gate.open()).isFalse();
        happens(Kind.PROMOTED, "7");
        assertThat(gate.open()).isTrue();
    }

    @Test
    void aFreezeShutsUntilItThawsWhateverIsPromotedMeanwhile() {
        gate.caughtUp();
        happens(Kind.FROZEN, "7");
        happens(Kind.PROMOTED, "8");
        assertThat(gate.closed()).contains("the model is frozen");
        happens(Kind.THAWED, "8");
        assertThat(gate.open()).isTrue();
    }

    @Test
    void shutsBehindARollbackByWhateverHand() {
        gate.caughtUp();
        happens(Kind.VERSION_CREATED, "7");
        happens(Kind.PROMOTED, "7");
        happens(Kind.ROLLED_BACK, "6", Optional.of("champion"));
        assertThat(gate.open()).isFalse();
        happens(Kind.ALIAS_SET, "7", Optional.of("champion"));
        assertThat(gate.open()).isTrue();
        happens(Kind.ALIAS_SET, "5", Optional.of("champion"));
        assertThat(gate.open()).isFalse();
    }

    @Test
    void otherAliasesAndStagesSayNothing() {
        gate.caughtUp();
        happens(Kind.VERSION_CREATED, "7");
        happens(Kind.ALIAS_SET, "3", Optional.of("favourite"));
        happens(Kind.STAGE_SET, "3");
        assertThat(gate.open()).isTrue();
    }
}
