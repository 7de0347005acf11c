package coldstream.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A {@link TrainerProcess} from outside. */
final class TrainerChild implements AutoCloseable {

    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private volatile long trained;
    private volatile long judged;
    private volatile boolean there;

    /** @param words more arguments */
    TrainerChild(String brokers, String namespace, Path data, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TrainerProcess.class.getName(),
                brokers,
                namespace,
                data.toString()));
        command.addAll(words);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var reading = new Thread(this::read, "child-output");
        reading.setDaemon(true);
        reading.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("trained ")) {
                    trained = Long.parseLong(line.substring("trained ".length()));
                } else if (line.startsWith("judged ")) {
                    judged = Long.parseLong(line.substring("judged ".length()));
                } else {
                    output.add(line);
                    there |= line.equals("there");
                }
            }
        } catch (IOException e) {
            output.add("its output ended: " + e);
        }
    }

    /** Lets it live, up to a point passed so many times. */
    void live(TrainerProcess.Point point, int passes) {
        say(point + " " + passes + "\n");
    }

    private void say(String text) {
        try {
            OutputStream in = process.getOutputStream();
            in.write(text.getBytes(UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("its output: " + output, e);
        }
    }

    /** Samples it has trained. */
    long trained() {
        assertThat(process.isAlive()).as("the trainer lives: %s", output).isTrue();
        return trained;
    }

    /** Steps on which its judge found something. */
    long judged() {
        return judged;
    }

    /** Whether it waits where it shall be killed. */
    boolean isThere() {
        assertThat(process.isAlive()).as("the trainer lives: %s", output).isTrue();
        return there;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    }

    /** Waits until it has trained so many samples, then has it close in order. */
    void end(long samples) throws InterruptedException {
        Await.until("all is trained", () -> trained() >= samples);
        say("\n");
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("its output: %s", output).isZero();
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(); // it writes to its folder until then
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
