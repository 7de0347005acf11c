package coldstream.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.CommandLines;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class StatusCommandTest {

    private final HttpServer console;
    private volatile String health = "{}";
    private String out = "";
    private String err = "";

    StatusCommandTest() throws IOException {
        console = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        console.createContext("/api/health", exchange -> {
            byte[] body = health.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        console.start();
    }

    @AfterEach
    void stop() {
        console.stop(0);
    }

    private int run(String... more) {
        CommandLine line = CommandLines.coldstream();
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        line.setOut(new PrintWriter(printed));
        line.setErr(new PrintWriter(complained));
        String[] all = new String[more.length + 3];
        all[0] = "status";
        all[1] = "--console";
        all[2] = "http://127.0.0.1:" + console.getAddress().getPort();
        System.arraycopy(more, 0, all, 3, more.length);
        int status = line.execute(all);
        out = printed.toString();
        err = complained.toString();
        return status;
    }

    private static String health(String state, int open) {
        String alarm = open == 0
                ? ""
                : "{\"severity\":\"critical\",\"opened_at\":\"2026-01-01T12:00:00Z\",\"layer\":\"outcome\",\"signal\":\"logloss\",\"stratum\":\"cold\",\"message\":\"cold logloss rose\"}";
        return "{\"model\":\"ctr\",\"state\":\"%s\",\"champion\":\"12\",\"parts\":[{\"name\":\"learning\",\"state\":\"%s\",\"freshness_seconds\":1.42,\"since\":\"2026-01-01T11:00:00Z\",\"message\":\"7 records wait\"},{\"name\":\"redis\",\"state\":\"ok\",\"message\":\"answers\"}],\"alarms\":{\"open\":%d},\"open_alarms\":[%s]}"
                .formatted(state, state, open, alarm);
    }

    @ParameterizedTest
    @CsvSource({"ok, 0, 0", "ok, 1, 4", "late, 0, 4", "unknown, 0, 4", "down, 0, 5", "down, 1, 5"})
    void theExitStatusSaysHowEverythingIs(String state, int open, int expected) {
        health = health(state, open);

        assertThat(run()).isEqualTo(expected);
    }

    @Test
    void thePartsAndTheOpenAlarmsArePrinted() {
        health = health("late", 3);

        run();

        assertThat(out)
                .contains("model ctr is late, champion 12")
                .containsPattern("learning +late +1.4 s +2026-01-01T11:00:00Z +7 records wait")
                .containsPattern("redis +ok +- +- +answers")
                .containsPattern("critical +2026-01-01T12:00:00Z +outcome/logloss/cold +cold logloss rose")
                .contains("and 2 more");
    }

    @Test
    void anAlarmIsSaidInWordsWithWhereToLookAndWhatWasDone() {
        health = """
                {"model":"ctr","state":"ok","champion":"12","parts":[],"alarms":{"open":1},"open_alarms":[{"severity":"warning",
                 "opened_at":"2026-01-01T12:00:00Z","layer":"input","signal":"label","stratum":"all","message":"label changed",
                 "headline":"A smaller share of events is positive than before","advice":"producers first",
                 "actions":[{"name":"freeze-promotion","outcome":"started","said":"promotion is frozen"}]}]}""";

        run();

        assertThat(out)
                .containsPattern(
                        "warning +2026-01-01T12:00:00Z +input/label/all +A smaller share of events is positive than before")
                .containsPattern("(?m)^  look at producers first$")
                .containsPattern("(?m)^  promotion is frozen$");
    }

    @Test
    void machinesGetTheConsolesOwnAnswer() {
        health = health("ok", 0);

        assertThat(run("--json")).isZero();
        assertThat(out).contains("\"freshness_seconds\" : 1.42");
    }

    @Test
    void aConsoleThatDoesNotAnswerIsOneLineAndItsOwnStatus() {
        console.stop(0);

        assertThat(run()).isEqualTo(3);
        assertThat(err.lines()).singleElement().asString().contains("the console at http://127.0.0.1");
        assertThat(out).isEmpty();
    }
}
