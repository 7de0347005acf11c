package coldstream.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code coldstream <service>} as a process of its own. */
final class ServiceProcess implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();

    private final String name;
    private final int port;
    private final Path log;
    private final ProcessBuilder builder;
    private final Process process;
    private long terminated;
    private long ended;

    private ServiceProcess(String name, int port, Path log, ProcessBuilder builder, Process process) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.builder = builder;
        this.process = process;
    }

    /** @param environment all the {@code COLDSTREAM_*} variables it sees */
    static ServiceProcess start(String name, int port, Path folder, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "coldstream.app.Coldstream",
                name));
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("COLDSTREAM_"));
        builder.environment().putAll(environment);
        return started(name, port, log, builder);
    }

    private static ServiceProcess started(String name, int port, Path log, ProcessBuilder builder) {
        try {
            return new ServiceProcess(name, port, log, builder, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kill -9, then the same again. */
    ServiceProcess killAndStart() throws InterruptedException {
        process.destroyForcibly().waitFor();
        return started(name, port, log, builder);
    }

    String name() {
        return name;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Whether it says that it does its whole work. */
    boolean ready() {
        if (!process.isAlive()) {
            throw new AssertionError(name + " has ended: " + log());
        }
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    /** Asks it to end, as Ctrl-C and a container's stop do, and does not wait. */
    void terminate() {
        terminated = System.nanoTime();
        process.destroy();
    }

    /** Waits until it has ended; its exit status. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(name + " did not end: " + log());
        }
        ended = System.nanoTime();
        return process.exitValue();
    }

    /** From {@link #terminate} to {@link #awaitEnd}. */
    Duration timeToEnd() {
        return Duration.ofNanos(ended - terminated);
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(); // it writes to its folder until then
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
