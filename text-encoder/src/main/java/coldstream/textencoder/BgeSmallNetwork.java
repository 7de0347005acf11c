package coldstream.textencoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * The network of {@link BgeSmallEncoder}: tokens (T) int64 → vector (384) float32 of length 1. Threads may share it.
 *
 * <ul>
 *   <li>in: input_ids, attention_mask (all ones: no padding), token_type_ids (all zeros), each (1, T) int64
 *   <li>out: last_hidden_state (1, T, 384) float32; the first token's row is taken and scaled to length 1
 * </ul>
 */
final class BgeSmallNetwork implements AutoCloseable {

    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final OrtSession session;

    private BgeSmallNetwork(OrtSession session) {
        this.session = session;
    }

    static BgeSmallNetwork load() {
        try (InputStream model = resource("/bge-small-en-v1.5-q.onnx");
                var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            return new BgeSmallNetwork(ENVIRONMENT.createSession(model.readAllBytes(), options));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the network of " + BgeSmallEncoder.NAME, e);
        } catch (OrtException e) {
            throw new IllegalStateException("cannot load the network of " + BgeSmallEncoder.NAME, e);
        }
    }

    static InputStream resource(String name) throws IOException {
        InputStream resource = BgeSmallNetwork.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException("no such resource: " + name);
        }
        return resource;
    }

    float[] encode(long[] tokens) {
        long[] shape = {1, tokens.length};
        long[] ones = new long[tokens.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor ids = OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(tokens), shape);
                OnnxTensor mask = OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(ones), shape);
                OnnxTensor types =
                        OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(new long[tokens.length]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            FloatBuffer hidden = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] vector = new float[BgeSmallEncoder.DIMENSION];
            hidden.get(vector);
            return toLengthOne(vector);
        } catch (OrtException e) {
            throw new IllegalStateException("the network of " + BgeSmallEncoder.NAME + " failed", e);
        }
    }

    private static float[] toLengthOne(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot free the network of " + BgeSmallEncoder.NAME, e);
        }
    }
}
