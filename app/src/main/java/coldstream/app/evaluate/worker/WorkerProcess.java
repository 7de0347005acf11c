package coldstream.app.evaluate.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One process that does one job. */
final class WorkerProcess implements AutoCloseable {

    /** Lines of its complaints that are kept. */
    private static final int LAST_WORDS = 60;

    private final Job job;
    private final Process process;
    private final Deque<String> complaints = new ArrayDeque<>();
    private final Thread listening;

    WorkerProcess(Job job, List<String> command) throws IOException {
        this.job = job;
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        process = builder.start();
        listening = new Thread(this::listen, "worker-complaints");
        listening.setDaemon(true);
        listening.start();
    }

    /** A JVM like this one, bounded in memory. */
    static List<String> command(WorkerMemory memory, String mainClass, String subcommand) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(memory.options());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-DOPT_OUT_TRACKING=true"));
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("ai.djl.") || name.startsWith("PYTORCH_")) {
                command.add("-D" + name + "=" + System.getProperty(name));
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass, subcommand));
        return command;
    }

    /**
     * Waits for the result.
     *
     * @throws WorkerException if it ends without one; holds its last words
     */
    JsonNode result(Work.Progress progress) throws InterruptedException {
        Optional<JsonNode> result = Optional.empty();
        try (Writer to = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
                var from =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            to.write(Messages.line(job) + "\n");
            to.flush();
            for (String line = from.readLine(); line != null && result.isEmpty(); line = from.readLine()) {
                JsonNode message = Messages.read(line, JsonNode.class);
                if (message.has("result")) {
                    result = Optional.of(message.get("result"));
                    break;
                }
                progress.at(message.get("share").asDouble(), message.get("news").asText());
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            complain("the line to the worker broke: " + e.getMessage());
        }
        if (result.isPresent()) {
            process.destroyForcibly();
            return result.get();
        }
        int status = process.waitFor();
        listening.join(1_000);
        throw new WorkerException(job.name(), status, lastWords());
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                complain(line);
            }
        } catch (IOException e) {
            // it is gone
        }
    }

    private void complain(String line) {
        synchronized (complaints) {
            if (complaints.size() == LAST_WORDS) {
                complaints.removeFirst();
            }
            complaints.addLast(line);
        }
    }

    private List<String> lastWords() {
        synchronized (complaints) {
            return List.copyOf(complaints);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
