package coldstream.console.user;

import coldstream.wire.Json;
import coldstream.wire.RegistryPaths;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Asks serving what it would answer a user, and why. */
final class Serving {

    /** Questions on their way at once; serving has others to answer. */
    private static final int AT_ONCE = 4;

    private final URI base;
    private final Duration limit;
    private final HttpClient http;

    Serving(URI base, Duration limit) {
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.limit = limit;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .build();
    }

    /** The {@code k} best for a user. */
    JsonNode recommendations(String user, int k) throws IOException, InterruptedException {
        return await(send("/v1/recommendations?user=" + RegistryPaths.encode(user) + "&k=" + k));
    }

    /** What moved the score of each item; null where that could not be said. */
    List<@Nullable JsonNode> explain(String user, List<String> items) throws InterruptedException {
        List<@Nullable JsonNode> all = new ArrayList<>();
        for (int from = 0; from < items.size(); from += AT_ONCE) {
            List<CompletableFuture<HttpResponse<byte[]>>> some = new ArrayList<>();
            for (String item : items.subList(from, Math.min(items.size(), from + AT_ONCE))) {
                some.add(
                        send("/v1/explain?user=" + RegistryPaths.encode(user) + "&item=" + RegistryPaths.encode(item)));
            }
            for (CompletableFuture<HttpResponse<byte[]>> one : some) {
                all.add(orNull(one));
            }
        }
        return all;
    }

    private @Nullable JsonNode orNull(CompletableFuture<HttpResponse<byte[]>> running) throws InterruptedException {
        try {
            return await(running);
        } catch (IOException e) {
            return null;
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> send(String path) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(limit)
                        .GET()
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private JsonNode await(CompletableFuture<HttpResponse<byte[]>> running) throws IOException, InterruptedException {
        try {
            HttpResponse<byte[]> answer = running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException("serving answered with HTTP " + answer.statusCode());
            }
            return Json.read(answer.body(), JsonNode.class);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new IOException("serving did not answer in time", e);
        } catch (ExecutionException e) {
            throw new IOException("serving cannot be reached", e);
        } catch (SerializationException e) {
            throw new IOException("serving answered with something else than JSON", e);
        }
    }
}
