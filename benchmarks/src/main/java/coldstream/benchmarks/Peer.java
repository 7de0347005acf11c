package coldstream.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Eager PyTorch in Python, in a process of its own that sleeps between calls: {@code benchmarks/peer/peer.py}. */
final class Peer implements Contender {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String style;
    private final Process process;
    private final Writer out;
    private final BufferedReader in;

    /** @param variables of the environment, beside those that say how many threads there are */
    Peer(String python, Path folder, Case given, String style, Map<String, String> variables) {
        this.style = style;
        String script = System.getProperty("coldstream.benchmarks", "benchmarks") + "/peer/peer.py";
        var builder = new ProcessBuilder(List.of(
                python,
                script,
                given.backbone(),
                folder.toString(),
                folder.resolve("ids.bin").toString(),
                Integer.toString(given.rows()),
                Integer.toString(given.dimension()),
                Integer.toString(Workload.HISTORY),
                Integer.toString(given.threads()),
                style,
                given.device()));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        String threads = Integer.toString(given.threads());
        builder.environment().remove("GOMP_SPINCOUNT"); // ours; whoever starts Python has none
        builder.environment().putAll(variables);
        builder.environment().put("OMP_NUM_THREADS", threads);
        builder.environment().put("OPENBLAS_NUM_THREADS", threads);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot start " + python + "; --python names another, --python none does without", e);
        }
        out = process.outputWriter();
        in = process.inputReader();
    }

    private JsonNode ask(String question) {
        try {
            out.write(question + "\n");
            out.flush();
            String answer = in.readLine();
            if (answer == null) {
                throw new IllegalStateException("the peer must answer, it ended with " + process.waitFor()
                        + "; it needs Python with PyTorch (Debian: python3-torch libopenblas0)");
            }
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot speak to the peer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the peer ended", e);
        }
    }

    /** How it pools: {@code bags} or {@code padded}. */
    String style() {
        return style;
    }

    /** Versions, BLAS and threads. */
    JsonNode describe() {
        return ask("describe");
    }

    double[] learn(int steps) {
        JsonNode answer = ask("learn " + steps);
        double[] losses = new double[answer.size()];
        for (int k = 0; k < losses.length; k++) {
            losses[k] = answer.get(k).asDouble();
        }
        return losses;
    }

    @Override
    public Took steps(int steps) {
        JsonNode answer = ask("time " + steps);
        return new Took(answer.get(0).asDouble(), answer.get(1).asDouble());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
