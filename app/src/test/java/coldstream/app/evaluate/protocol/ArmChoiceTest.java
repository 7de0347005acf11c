package coldstream.app.evaluate.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArmChoiceTest {

    @Test
    void everyCombinationIsThereWithTheLastSettingVaryingFastest() {
        List<Arm> arms = choice(List.of("text"), List.of("residual", "s-llmr")).every(List.of("pair-weight=0.1,0.3"));

        assertThat(arms)
                .extracting(Arm::toString)
                .containsExactly(
                        "dcnv2, residual, reliability, text rows, encoder teacher, pair-weight=0.1",
                        "dcnv2, residual, reliability, text rows, encoder teacher, pair-weight=0.3",
                        "dcnv2, s-llmr, reliability, text rows, encoder teacher, pair-weight=0.1",
                        "dcnv2, s-llmr, reliability, text rows, encoder teacher, pair-weight=0.3");
    }

    @Test
    void whatComesToTheSameIsThereOnce() {
        Map<String, List<String>> choices = choices(List.of("random", "text"), List.of("none", "residual"));
        choices.put(Arm.GATE, List.of("off", "reliability"));
        choices.put(Arm.TEACHER, List.of("encoder", "random"));

        assertThat(new ArmChoice(choices).every(List.of()))
                .as("none with random rows: 1; none with text rows: 1 a teacher; residual: 1 a gate, rows and teacher")
                .hasSize(1 + 2 + 8)
                .extracting(Arm::toString)
                .contains("dcnv2, none, random rows", "dcnv2, none, text rows, random teacher");
    }

    @Test
    void namedArmsAreNotCombinedAndTakeTheFirstValuesForWhatTheyDoNotSay() {
        List<Arm> arms = choice(List.of("text", "random"), List.of("none"))
                .named(
                        List.of("item-rows=random", "guidance=residual,teacher=oracle", "clip-norm=1"),
                        List.of("dimension=8"));

        assertThat(arms)
                .extracting(Arm::toString)
                .containsExactly(
                        "dcnv2, none, random rows, dimension=8",
                        "dcnv2, residual, reliability, text rows, oracle (LEAKS THE FUTURE) teacher, dimension=8",
                        "dcnv2, none, text rows, encoder teacher, dimension=8, clip-norm=1");
    }

    @Test
    void armsAreDescribedByWhereTheyDiffer() {
        List<Arm> arms = choice(List.of("text"), List.of("none", "residual")).every(List.of("dimension=8"));
        List<String> differences = Arm.differences(arms);

        assertThat(arms).extracting(arm -> arm.describe(differences)).containsExactly("none", "residual, reliability");
    }

    @Test
    void aSettingWithoutAValueIsRefused() {
        ArmChoice choice = choice(List.of("text"), List.of("none"));

        assertThatThrownBy(() -> choice.every(List.of("dimension")))
                .hasMessage("a setting must be NAME=VALUE, got dimension");
    }

    private static ArmChoice choice(List<String> rows, List<String> guidances) {
        return new ArmChoice(choices(rows, guidances));
    }

    private static Map<String, List<String>> choices(List<String> rows, List<String> guidances) {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        choices.put(Arm.BACKBONE, List.of("dcnv2"));
        choices.put(Arm.GATE, List.of("reliability"));
        choices.put(Arm.ITEM_ROWS, rows);
        choices.put(Arm.TEACHER, List.of("encoder"));
        choices.put(Arm.GUIDANCE, guidances);
        return choices;
    }
}
