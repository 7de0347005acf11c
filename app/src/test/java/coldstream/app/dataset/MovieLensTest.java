package coldstream.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that offers an archive of three ratings. */
final class MovieLensTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path cache = Path.of("");

    private final AtomicInteger requests = new AtomicInteger();
    private byte[] archive = new byte[0];
    private HttpServer server = start();

    @BeforeEach
    void anArchive() throws IOException {
        archive = zip(
                "userId,movieId,rating,timestamp\n1,10,4.0,200\n1,20,3.5,100\n2,10,5.0,100\n",
                "movieId,title,genres\n10,\"Heat, The (1995)\",Action|Crime\n20,Up (2009),(no genres listed)\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesChecksConvertsAndThenUsesTheCache() {
        DataSet data = movieLens().fetch(cache, PATIENCE);

        // sha256("u2") comes before sha256("u1")
        try (Stream<Interaction> rows = data.interactions()) {
            assertThat(rows)
                    .extracting(row ->
                            row.user() + " " + row.item() + " " + row.value().getAsDouble())
                    .containsExactly("2 10 5.0", "1 20 3.5", "1 10 4.0");
        }
        try (Stream<Item> items = data.items()) {
            assertThat(items)
                    .extracting(item -> item.title() + item.categories())
                    .containsExactly("Heat, The (1995)[Action, Crime]", "Up (2009)[]");
        }
        assertThat(data.name()).isEqualTo("ml-latest-small");

        assertThat(movieLens().fetch(cache, PATIENCE).summary()).isEqualTo(data.summary());
        assertThat(requests).hasValue(1);
    }

    @Test
    void anArchiveThatIsNotTheExpectedOneLeavesNothingBehind() throws IOException {
        var expected = new MovieLens(
                uri(), archive.length, "00" + MovieLens.sha256(archive).substring(2));

        assertThatThrownBy(() -> expected.fetch(cache, PATIENCE))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("cannot fetch " + uri() + ": archive must have sha256 00");
        assertNothingCached();
    }

    @Test
    void anArchiveCutShortIsRefused() throws IOException {
        var expected = new MovieLens(uri(), archive.length + 1L, MovieLens.sha256(archive));

        assertThatThrownBy(() -> expected.fetch(cache, PATIENCE))
                .isInstanceOf(DataSetException.class)
                .hasMessageContaining(
                        "archive must have %d bytes, got %d".formatted(archive.length + 1, archive.length));
        assertNothingCached();
    }

    @Test
    void aServerThatIsAwayIsOneClearLine() throws IOException {
        MovieLens gone = movieLens();
        server.stop(0);

        assertThatThrownBy(() -> gone.fetch(cache, PATIENCE))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("cannot fetch " + gone.archive() + ": ");
        assertNothingCached();
    }

    private MovieLens movieLens() {
        return new MovieLens(uri(), archive.length, MovieLens.sha256(archive));
    }

    private URI uri() {
        return URI.create(
                "http://127.0.0.1:%d/small.zip".formatted(server.getAddress().getPort()));
    }

    private void assertNothingCached() throws IOException {
        assertThat(movieLens().cached(cache)).isEmpty();
        try (Stream<Path> left = Files.list(cache.resolve("datasets"))) {
            assertThat(left).isEmpty();
        }
    }

    private HttpServer start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/small.zip", exchange -> {
                requests.incrementAndGet();
                exchange.sendResponseHeaders(200, archive.length);
                exchange.getResponseBody().write(archive);
                exchange.close();
            });
            started.start();
            return started;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot start a server", e);
        }
    }

    private static byte[] zip(String ratings, String movies) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            for (List<String> file : List.of(List.of("ratings.csv", ratings), List.of("movies.csv", movies))) {
                out.putNextEntry(new ZipEntry("ml-latest-small/" + file.get(0)));
                out.write(file.get(1).getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
