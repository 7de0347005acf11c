package coldstream.console.observe;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks all services at once, and waits for all of them only so long. */
final class Asker {

    private final Duration limit;
    private final HttpClient http;

    Asker(Duration limit) {
        this.limit = limit;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .build();
    }

    /** The answers by the names of the questions; who has not answered whole by then has not answered. */
    Map<String, Answer> ask(Map<String, URI> questions) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<String, CompletableFuture<HttpResponse<String>>> running = new LinkedHashMap<>();
        questions.forEach((name, uri) -> running.put(
                name,
                http.sendAsync(HttpRequest.newBuilder(uri).timeout(limit).GET().build(), BodyHandlers.ofString())));
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (Map.Entry<String, CompletableFuture<HttpResponse<String>>> one : running.entrySet()) {
            answers.put(one.getKey(), await(one.getValue(), deadline));
        }
        return answers;
    }

    private static Answer await(CompletableFuture<HttpResponse<String>> running, long deadline)
            throws InterruptedException {
        try {
            HttpResponse<String> response =
                    running.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), response.body(), "");
        } catch (TimeoutException e) {
            running.cancel(true);
            return Answer.failed("no whole answer in time");
        } catch (ExecutionException e) {
            Throwable why = e.getCause();
            String message = why == null ? null : why.getMessage();
            return Answer.failed(message == null ? "it cannot be reached" : message);
        }
    }
}
