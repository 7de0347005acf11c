package coldstream.model;

import static coldstream.domain.Check.check;

import ai.djl.engine.Engine;

/**
 * Where and how tensors are computed.
 *
 * @param threads of one operation. The first engine of a process decides; more than one gives up bit-for-bit repeats
 */
public record Compute(Where device, int threads) {

    /** One CPU thread: repeatable bit for bit. */
    public static final Compute DEFAULT = new Compute(Where.CPU, 1);

    /** A kind of device. */
    public enum Where {
        CPU,
        GPU
    }

    public Compute {
        check(threads >= 1, "threads must be at least 1, got %d", threads);
    }

    Engine engine() {
        setUnlessSet("ai.djl.pytorch.num_threads", Integer.toString(threads));
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        return Engine.getEngine("PyTorch");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
