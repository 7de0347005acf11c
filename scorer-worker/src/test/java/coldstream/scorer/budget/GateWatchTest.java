package coldstream.scorer.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateWatchTest {

    private HttpServer trainer;
    private volatile String answer =
            "{\"gate\":{\"cells\":{\"cold_tail\":{\"alpha\":0.4},\"warm_head\":{\"alpha\":0}}}}";

    @BeforeEach
    void start() throws IOException {
        trainer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trainer.createContext("/v1/status", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        trainer.start();
    }

    @AfterEach
    void stop() {
        trainer.stop(0);
    }

    @Test
    void trustsEveryCellAlikeUntilTheTrainerWasHeard() throws InterruptedException {
        GateWatch watch = new GateWatch(url());
        assertThat(watch.of(true, true)).isEqualTo(1);

        watch.look();

        assertThat(watch.of(true, true)).isEqualTo(0.4);
        assertThat(watch.of(false, false)).isEqualTo(GateWatch.LEAST);
        assertThat(watch.of(true, false)).isEqualTo(1);
    }

    @Test
    void keepsTheLastWordWhileTheTrainerIsAwayOrTalksNonsense() throws InterruptedException {
        GateWatch watch = new GateWatch(url());
        watch.look();

        answer = "<html>";
        watch.look();
        assertThat(watch.of(true, true)).isEqualTo(0.4);
        trainer.stop(0);
        watch.look();
        assertThat(watch.of(true, true)).isEqualTo(0.4);
    }

    private URI url() {
        return URI.create("http://localhost:" + trainer.getAddress().getPort() + "/");
    }
}
