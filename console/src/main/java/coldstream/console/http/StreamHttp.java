package coldstream.console.http;

import coldstream.console.stream.EventStream;
import coldstream.console.stream.Line;
import coldstream.service.Problem;
import coldstream.service.ProblemException;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.util.Map;
import java.util.Optional;

/** {@code GET /api/stream}: server-sent events. */
public final class StreamHttp {

    private static final String FORM = "text/event-stream";

    private final EventStream stream;
    private final SseHandler events = new SseHandler(this::begin);

    public StreamHttp(EventStream stream) {
        this.stream = stream;
    }

    public void addTo(Javalin app) {
        app.get("/api/stream", this::open);
    }

    private void open(Context context) {
        if (!String.valueOf(context.header("Accept")).contains(FORM)) {
            throw new ProblemException(406, "Not acceptable", "a stream must be asked for as " + FORM);
        }
        if (!stream.reserve()) {
            throw new ProblemException(new Problem(
                    503,
                    "Too many pages",
                    "no more pages can be kept up to date at once",
                    Map.of("Retry-After", "10")));
        }
        boolean begun = false;
        try {
            events.handle(context);
            begun = true;
        } finally {
            if (!begun) {
                stream.release();
            }
        }
    }

    private void begin(SseClient client) {
        client.keepAlive();
        client.ctx().header("X-Accel-Buffering", "no"); // proxies that collect answers are told not to
        stream.open(Optional.ofNullable(client.ctx().header("Last-Event-ID")), new OverHttp(client));
    }

    private record OverHttp(SseClient client) implements Line {

        @Override
        public void send(String name, String data, String id) {
            client.sendEvent(name, data, id.isEmpty() ? null : id);
        }

        @Override
        public boolean closed() {
            return client.terminated();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
