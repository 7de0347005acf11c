package coldstream.textencoder;

import static coldstream.domain.Check.check;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import coldstream.domain.TextEncoder;
import coldstream.domain.TextVector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * bge-small-en-v1.5 with 8-bit weights: texts (B) → vectors (B, 384) of length 1.
 *
 * <p>Each text goes through the network alone. The quantised network scales its activations over the whole input tensor,
 * so a text's vector would otherwise depend on the texts beside it; alone, the same text always has the same vector.
 * Speed comes from several texts at once, one thread each.
 *
 * <p>A text beyond {@value #MAX_TOKENS} tokens is cut. A blank text is read as {@code unknown}.
 *
 * @see <a href="https://arxiv.org/abs/2309.07597">Xiao et al.: C-Pack, 2023</a>: the vector is that of the first token
 */
public final class BgeSmallEncoder implements TextEncoder {

    /** Stored with every vector. */
    public static final String NAME = "bge-small-en-v1.5-q";

    public static final int DIMENSION = 384;

    static final int MAX_TOKENS = 256;

    private static final String BLANK = "unknown";

    private final HuggingFaceTokenizer tokenizer;
    private final BgeSmallNetwork network;
    private final ExecutorService workers;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Loads the model; takes about a second and 150 MB.
     *
     * @param threads texts encoded at once, 1 to 64
     */
    public BgeSmallEncoder(int threads) {
        check(threads >= 1 && threads <= 64, "encoder threads must be 1 to 64, got %d", threads);
        network = BgeSmallNetwork.load();
        tokenizer = tokenizer();
        workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "text-encoder");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public List<TextVector> encode(List<String> texts) {
        List<Future<TextVector>> running = new ArrayList<>(texts.size());
        List<TextVector> vectors = new ArrayList<>(texts.size());
        try {
            for (String text : texts) {
                running.add(workers.submit(() -> encode(text)));
            }
            for (Future<TextVector> vector : running) {
                vectors.add(vector.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while encoding", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot encode: " + e.getCause(), e);
        } catch (RejectedExecutionException | CancellationException e) {
            throw new IllegalStateException("the encoder is closed", e);
        } finally {
            running.forEach(vector -> vector.cancel(false));
        }
        return vectors;
    }

    private TextVector encode(String text) {
        long[] tokens = tokenizer.encode(text.isBlank() ? BLANK : text).getIds();
        return TextVector.of(network.encode(tokens));
    }

    private static HuggingFaceTokenizer tokenizer() {
        try (InputStream json = BgeSmallNetwork.resource("/bge-small-en-v1.5-q-tokenizer.json")) {
            return HuggingFaceTokenizer.newInstance(
                    json, Map.of("padding", "false", "truncation", "true", "maxLength", Integer.toString(MAX_TOKENS)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot load the tokenizer of " + NAME, e);
        }
    }

    /** Waits for the texts being encoded. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        workers.shutdownNow().forEach(task -> ((Future<?>) task).cancel(false));
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                return; // freeing the network under a running thread would end the process
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        tokenizer.close();
        network.close();
    }
}
