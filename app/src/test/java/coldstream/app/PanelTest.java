package coldstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelTest {

    private final StringWriter out = new StringWriter();

    @Test
    void onATerminalANewStateTakesThePlaceOfTheOld() {
        Panel panel = new Panel(new PrintWriter(out), true);

        panel.show(List.of("a", "b"));
        panel.show(List.of("c", "d"));
        panel.say("stays");

        String erased = "\u001b[1A\u001b[2K".repeat(2);
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(cut("a\nb\n") + erased + cut("c\nd\n") + erased + "stays\n");
    }

    @Test
    void elsewhereNothingMovesTheCursor() {
        Panel panel = new Panel(new PrintWriter(out), false);

        panel.show(List.of("a"));
        panel.say("stays");
        panel.clear();

        assertThat(out.toString()).doesNotContain("\u001b").contains("stays");
    }

    /** Lines that the terminal does not wrap. */
    private static String cut(String lines) {
        return "\u001b[?7l" + lines + "\u001b[?7h";
    }
}
