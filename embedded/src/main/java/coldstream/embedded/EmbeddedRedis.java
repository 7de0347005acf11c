package coldstream.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server on the loopback address, in a process that ends when this one does, however it ends.
 *
 * <p>It keeps nothing on disk, and past its memory limit forgets what was not used for longest.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 5;
    private static final int VERSION_SECONDS = 30;
    private static final int ASK_MILLIS = 10_000;
    private static final int ATTEMPTS = 5;
    private static final String MEMORY_LIMIT = "256mb";

    /**
     * Runs the server away from the terminal's signals, ends it when the pipe from the JVM breaks, and then removes the
     * folder it is given first.
     */
    private static final String GUARD = """
            trap '' INT
            folder=$1
            shift
            exec 3<&0
            $(command -v setsid) "$@" </dev/null &
            server=$!
            (cat <&3 >/dev/null; kill "$server") &
            watcher=$!
            wait "$server"
            kill "$watcher"
            rm -rf "$folder"
            """;

    private final Process process;
    private final Path folder;
    private final int port;

    private EmbeddedRedis(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Returns once the server answers.
     *
     * @param port to listen on, 0 for any free one
     * @throws UncheckedIOException in one line, if the port is taken
     */
    public static EmbeddedRedis start(int port) {
        return start(port, new String[0]);
    }

    /** @param options of the server, after ours */
    static EmbeddedRedis start(int port, String... options) {
        UncheckedIOException last = new UncheckedIOException(new IOException("Redis was never started"));
        for (int attempt = 0; attempt < (port == 0 ? ATTEMPTS : 1); attempt++) {
            int listen = port == 0 ? Ports.free() : Ports.claim("Redis", port);
            Path folder = Folders.temporary("coldstream-redis");
            try {
                Process process = launch(folder, listen, options);
                EmbeddedRedis redis = new EmbeddedRedis(process, folder, listen);
                if (redis.answers()) {
                    return redis;
                }
                String output = redis.output();
                redis.close();
                last = new UncheckedIOException(new IOException("cannot start Redis: " + lastLine(output)));
            } catch (IOException e) {
                Folders.delete(folder);
                last = new UncheckedIOException("cannot start Redis", e);
            }
        }
        throw last;
    }

    /** Where clients reach it. */
    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /** Forgets everything. */
    public void clear() {
        try {
            ask("FLUSHALL");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reach Redis on port " + port, e);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // the guard is gone, and the pipe with it
        }
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Folders.delete(folder);
        Folders.delete(log(folder));
    }

    private static Process launch(Path folder, int port, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "redis", folder.toString(), binary(folder)));
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1"));
        command.addAll(List.of("--save", ""));
        command.addAll(List.of("--appendonly", "no"));
        command.addAll(List.of("--maxmemory", MEMORY_LIMIT));
        command.addAll(List.of("--maxmemory-policy", "allkeys-lru"));
        command.addAll(List.of("--dir", folder.toString()));
        command.addAll(Arrays.asList(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(folder).toFile())
                .start();
    }

    /** The binary that ships with the product if it runs here, else the one on the path. */
    private static String binary(Path folder) throws IOException {
        String shipped =
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get().getAbsolutePath();
        if (runs(shipped)) {
            return shipped;
        }
        if (runs("redis-server")) {
            return "redis-server";
        }
        throw new IOException("neither the shipped redis-server (it needs libssl 3) nor one on the path runs here");
    }

    private static boolean runs(String binary) {
        try {
            Process process = new ProcessBuilder(binary, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean answers() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (pong()) {
                return true;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private boolean pong() {
        try {
            return "+PONG".equals(ask("PING"));
        } catch (IOException e) {
            return false;
        }
    }

    private @Nullable String ask(String command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ASK_MILLIS);
            socket.setSoTimeout(ASK_MILLIS);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    /** Beside the folder, which is gone when the server is. */
    private static Path log(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    private String output() throws IOException {
        return Files.readString(log(folder));
    }

    private static String lastLine(String text) {
        return text.lines().reduce("no output", (earlier, later) -> later.isBlank() ? earlier : later);
    }
}
