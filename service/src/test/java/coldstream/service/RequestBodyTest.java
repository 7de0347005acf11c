package coldstream.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    private static final int MOST = 1_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServiceHttp http = ServiceHttp.builder("127.0.0.1", 0, new SimpleMeterRegistry())
            .routes(app -> app.post("/count", context -> {
                byte[] body = RequestBody.read(context, MOST);
                byte[] again = RequestBody.read(context, MOST);
                context.result(body.length + " " + again.length);
            }))
            .start();

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void asMuchAsMayComeIsReadAndReadOnce() throws Exception {
        assertThat(send(BodyPublishers.ofByteArray(new byte[MOST])).body()).isEqualTo("1000 1000");
        assertThat(send(inChunks(MOST)).body()).isEqualTo("1000 1000");
        assertThat(send(BodyPublishers.noBody()).body()).isEqualTo("0 0");
    }

    @Test
    void aByteMoreIsRefusedWhetherOrNotItsLengthIsAnnounced() throws Exception {
        for (BodyPublisher body :
                new BodyPublisher[] {BodyPublishers.ofByteArray(new byte[MOST + 1]), inChunks(MOST + 1)}) {
            HttpResponse<String> answer = send(body);

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("a body must have at most 1000 bytes");
        }
    }

    /** Without a length. */
    private static BodyPublisher inChunks(int size) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[size]));
    }

    private HttpResponse<String> send(BodyPublisher body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + "/count"))
                .POST(body)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
