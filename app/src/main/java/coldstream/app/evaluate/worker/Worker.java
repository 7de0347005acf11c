package coldstream.app.evaluate.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The worker's side: reads one job, does it, says how it goes. */
public final class Worker {

    private final List<Work> kinds;

    public Worker(List<Work> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /**
     * Does the one job that comes in. When the input ends before the job is done, whoever asked is gone, and the process
     * ends with it.
     *
     * @param whenAlone ends the process
     */
    public void serve(InputStream in, PrintStream out, Runnable whenAlone) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String line = lines.readLine();
        if (line == null) {
            return;
        }
        Job job = Messages.read(line, Job.class);
        Thread watch = new Thread(() -> waitForEnd(lines, whenAlone), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Work work = kinds.stream()
                .filter(one -> one.kind().equals(job.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind of job must be one of %s, got %s"
                        .formatted(kinds.stream().map(Work::kind).toList(), job.kind())));
        var result = work.run(job.input(), (share, news) -> say(out, Map.of("share", share, "news", news)));
        say(out, Map.of("result", result));
    }

    private static void say(PrintStream out, Object message) {
        out.println(Messages.line(message));
        out.flush();
    }

    private static void waitForEnd(BufferedReader lines, Runnable whenAlone) {
        try {
            while (lines.readLine() != null) {
                // nothing more is expected
            }
        } catch (IOException e) {
            // the same as the end
        }
        whenAlone.run();
    }
}
