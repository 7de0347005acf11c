package coldstream.app.evaluate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.app.Panel;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real processes, small ones. */
@Timeout(300)
final class WorkerPoolTest {

    @TempDir
    private Path folder = Path.of("");

    private Optional<Path> keep = Optional.empty();
    private final StringWriter said = new StringWriter();

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void resultsComeInTheOrderOfTheJobsHoweverManyAtATime(int parallel) throws InterruptedException {
        List<JsonNode> results = run(parallel, "a", "b", "c", "d");

        assertThat(results).extracting(result -> result.get(0).asText()).containsExactly("a", "b", "c", "d");
        assertThat(said.toString()).contains("a: done in");
    }

    @Test
    void numbersCrossAsTheyAre() throws InterruptedException {
        JsonNode result = run(1, "a").get(0);

        assertThat(result.get(1).doubleValue()).isNaN();
        assertThat(result.get(2).doubleValue()).isEqualTo(0.1 + 0.2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"die", "throw"})
    void aWorkerThatDiesFailsEverythingWithItsLastWords(String how) {
        assertThatThrownBy(() -> run(2, "a", how, "hang"))
                .isInstanceOf(WorkerException.class)
                .hasMessage("a worker must end with a result, that of %s ended with status %d"
                        .formatted(how, how.equals("die") ? 7 : 1));
        assertThat(said.toString()).contains(how + " failed; its last lines:", "I am told to " + how);
        assertThat(workers().count()).isZero();
    }

    @Test
    void anInterruptEndsEveryWorker() throws Exception {
        var found = new CompletableFuture<Throwable>();
        Thread caller = new Thread(() -> {
            try {
                run(2, "hang", "hang");
            } catch (Throwable e) {
                found.complete(e);
            }
        });
        caller.start();
        while (workers().count() < 2) {
            Thread.sleep(20);
        }

        caller.interrupt();

        assertThat(found.get()).isInstanceOf(InterruptedException.class);
        assertThat(workers().count()).isZero();
    }

    @Test
    void whatIsFinishedIsNotDoneAgainWhenTheOtherFails() throws Exception {
        keep = Optional.of(folder.resolve("kept"));
        assertThatThrownBy(() -> run(1, "a", "die")).isInstanceOf(WorkerException.class);
        try (Stream<Path> kept = Files.list(folder.resolve("kept"))) {
            Files.writeString(kept.findFirst().orElseThrow(), "[\"kept\", NaN]");
        }

        List<JsonNode> results = run(1, "a", "b");

        assertThat(results).extracting(result -> result.get(0).asText()).containsExactly("kept", "b");
        assertThat(results.get(0).get(1).doubleValue()).isNaN();
    }

    @Test
    void aWorkerEndsWithTheProcessThatAskedIt() throws Exception {
        Process worker = new ProcessBuilder(command()).start();
        worker.getOutputStream().write(Messages.line(job("hang")).concat("\n").getBytes(StandardCharsets.UTF_8));
        worker.getOutputStream().close();

        assertThat(worker.waitFor()).isZero();
    }

    /** Nobody else starts processes here. */
    private static Stream<ProcessHandle> workers() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive);
    }

    private List<JsonNode> run(int parallel, String... inputs) throws InterruptedException {
        List<Job> jobs = Stream.of(inputs).map(WorkerPoolTest::job).toList();
        Panel panel = new Panel(new PrintWriter(said), false);
        return new WorkerPool(parallel, command(), keep).run(jobs, new JobDisplay(panel, jobs.size()));
    }

    private static Job job(String input) {
        return new Job(input, EchoWorker.KIND, Messages.tree(input), input);
    }

    private static List<String> command() {
        return WorkerProcess.command(new WorkerMemory(64), EchoWorker.class.getName(), "unused");
    }
}
