package coldstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.embedded.Ports;
import coldstream.testkit.Await;
import coldstream.wire.RegistryClient;
import coldstream.wire.RegistryException;
import coldstream.wire.SnapshotFolder;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client that trainer and serving use, against the real registry, and against one that fails in set ways. */
class RegistryClientTest {

    private final Path folder;

    RegistryClientTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatIsPublishedIsDownloadedByteForByte() throws IOException {
        try (var registry = RunningRegistry.start(folder.resolve("data"))) {
            Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);
            RegistryClient client = registry.client();

            String version = client.publish("ctr", snapshot);
            client.download("ctr", version, folder.resolve("copy"));

            assertThat(SnapshotFolder.id(folder.resolve("copy"))).isEqualTo(SnapshotFolder.id(snapshot));
            assertThat(folder.resolve("copy/rows/items.safetensors")).hasContent("content rows");
            assertThat(names(folder)).containsExactlyInAnyOrder("a", "copy", "data");
        }
    }

    @Test
    void aDownloadThatIsThereAndWholeIsKeptAndADamagedOneReplaced() throws IOException {
        try (var registry = RunningRegistry.start(folder.resolve("data"))) {
            RegistryClient client = registry.client();
            client.publish("ctr", Snapshots.write(folder.resolve("a"), "content", 0.8));
            Path copy = folder.resolve("copy");
            client.download("ctr", "1", copy);
            Object whole = Files.readAttributes(copy, "*").get("fileKey");
            client.download("ctr", "1", copy);
            assertThat(Files.readAttributes(copy, "*").get("fileKey")).isEqualTo(whole);

            Files.writeString(copy.resolve("dense.safetensors"), "damaged");
            client.download("ctr", "1", copy);

            assertThat(copy.resolve("dense.safetensors")).hasContent("content");
        }
    }

    @Test
    void oneFileOfAVersionComesAloneAndChecked() throws IOException {
        try (var registry = RunningRegistry.start(folder.resolve("data"))) {
            RegistryClient client = registry.client();
            Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);
            client.publish("ctr", snapshot);

            assertThat(client.file("ctr", "1", "dense.safetensors", 100))
                    .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("content"));
            assertThat(client.file("ctr", "1", "signals.bin", 100)).isEmpty();
            assertThatThrownBy(() -> client.file("ctr", "1", "dense.safetensors", 3))
                    .isInstanceOf(RegistryException.Corrupt.class)
                    .hasMessageContaining("must have at most 3 bytes, got 7");
            Path filed = folder.resolve("data/registry/files/snapshots").resolve(SnapshotFolder.id(snapshot));
            Files.writeString(filed.resolve("dense.safetensors"), "CONTENT");
            assertThatThrownBy(() -> client.file("ctr", "1", "dense.safetensors", 100))
                    .isInstanceOf(RegistryException.Corrupt.class);
        }
    }

    @Test
    void aFileDamagedInTheRegistryIsNeverDelivered() throws IOException {
        try (var registry = RunningRegistry.start(folder.resolve("data"))) {
            RegistryClient client = registry.client();
            Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);
            client.publish("ctr", snapshot);
            Path filed = folder.resolve("data/registry/files/snapshots").resolve(SnapshotFolder.id(snapshot));
            Files.writeString(filed.resolve("dense.safetensors"), "CONTENT");

            assertThatThrownBy(() -> client.download("ctr", "1", folder.resolve("copy")))
                    .isInstanceOf(RegistryException.Corrupt.class)
                    .hasMessageContaining("version 1 of ctr is damaged: dense.safetensors must have sha256");
            assertThat(names(folder)).containsExactlyInAnyOrder("a", "data");
        }
    }

    @Test
    void whatIsNotThereIsEmptyAndARefusalSaysWhy() {
        try (var registry = RunningRegistry.start(folder.resolve("data"))) {
            RegistryClient client = registry.client();
            client.publish("ctr", Snapshots.write(folder.resolve("a"), "content", 0.8));

            assertThat(client.alias("none", "champion")).isEmpty();
            assertThat(client.alias("ctr", "none")).isEmpty();
            assertThat(client.version("ctr", "9")).isEmpty();
            assertThatThrownBy(() -> client.setAlias("ctr", "champion", "9"))
                    .isInstanceOf(RegistryException.Refused.class)
                    .hasMessage("RESOURCE_DOES_NOT_EXIST: the version of ctr must exist, got 9");
        }
    }

    @Test
    void sendsTheTokenTheRegistryAsksFor() {
        try (var registry = RunningRegistry.start(folder.resolve("data"), Map.of("registry.token", "s3cret"))) {
            Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);
            var friend = new RegistryClient(registry.url(), Optional.of("s3cret"));

            assertThat(friend.publish("ctr", snapshot)).isEqualTo("1");
            assertThatThrownBy(() -> registry.client().publish("ctr", snapshot))
                    .isInstanceOf(RegistryException.Refused.class)
                    .hasMessageContaining("UNAUTHENTICATED");
        }
    }

    @Test
    void asksAgainWhenTheRegistryIsBusyOrIllButNotWhenItSaysNo() throws IOException {
        var asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<Integer> statuses = List.of(503, 429, 404);
        server.createContext("/", exchange -> {
            int status = statuses.get(Math.min(asked.getAndIncrement(), statuses.size() - 1));
            byte[] body = "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"no\"}"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            assertThat(client(server.getAddress().getPort(), 5).alias("ctr", "champion"))
                    .isEmpty();
            assertThat(asked).hasValue(3);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void givesUpInOneLineWhenNobodyIsThere() throws IOException {
        assertThatThrownBy(() -> client(Ports.free(), 2).alias("ctr", "champion"))
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("after 2 attempts");
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var client = new RegistryClient(
                    URI.create("http://127.0.0.1:" + silent.getLocalPort()),
                    Optional.empty(),
                    1,
                    Duration.ofMillis(1),
                    Duration.ofMillis(300));

            assertThatThrownBy(() -> client.alias("ctr", "champion"))
                    .isInstanceOf(RegistryException.Unavailable.class)
                    .hasMessageContaining("no whole answer in time");
        }
    }

    /** A process of its own, killed without a word in the middle of an upload; one that was quicker is followed by another. */
    @Test
    void aRegistryKilledDuringAnUploadShowsNothingAndTheUploadSucceedsOnceItIsBack() throws Exception {
        int port = Ports.free();
        Path data = folder.resolve("data");
        Process first = RegistryProcess.start(port, data);
        try {
            assertThat(client(port, 100).alias("ctr", "champion")).isEmpty(); // it has started
            int uploads = 0;
            CompletableFuture<String> published = CompletableFuture.completedFuture("0");
            while (published.isDone()) {
                uploads++;
                Path snapshot = Snapshots.write(
                        folder.resolve("a" + uploads), ("content " + uploads + " ").repeat(3_000_000), 0.8);
                CompletableFuture<String> upload =
                        CompletableFuture.supplyAsync(() -> client(port, 60).publish("ctr", snapshot));
                Await.until("bytes arrive", () -> bytes(data.resolve("registry/parts")) > 0 || upload.isDone());
                published = upload;
            }
            first.destroyForcibly().waitFor();

            String version = Integer.toString(uploads);
            try (var second = RunningRegistry.start(data, Map.of("registry.port", Integer.toString(port)))) {
                assertThat(published.get(4, TimeUnit.MINUTES)).isEqualTo(version);
                assertThat(second.client().version("ctr", version)).isPresent();
                assertThat(names(data.resolve("registry/files/snapshots"))).hasSize(uploads);
                assertThat(names(data.resolve("registry/parts"))).isEmpty();
                second.client().download("ctr", version, folder.resolve("copy"));
            }
        } finally {
            first.destroyForcibly();
        }
    }

    private static RegistryClient client(int port, int attempts) {
        return new RegistryClient(
                URI.create("http://127.0.0.1:" + port), Optional.empty(), attempts, Duration.ofMillis(20));
    }

    private static long bytes(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(path -> String.valueOf(path.getFileName())).toList();
        }
    }
}
