package coldstream.model;

import static coldstream.domain.Check.check;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Where and how tensors are computed.
 *
 * @param device {@code cpu}, {@code gpu:N} for the N-th that PyTorch sees, from 0, or {@code auto}: the first GPU if it sees
 *     one, else the CPU
 * @param threads of one operation. The first engine of a process decides; more than one gives up bit-for-bit repeats
 */
public record Compute(String device, int threads) {

    /** One CPU thread: repeatable bit for bit. */
    public static final Compute DEFAULT = new Compute("cpu", 1);

    private static final ThreadLocal<Boolean> TOLD = new ThreadLocal<>();

    private static final String AUTO = "auto";
    private static final String CPU = "cpu";
    private static final String GPU = "gpu:";

    public Compute {
        check(
                device.matches("auto|cpu|gpu:[0-9]{1,3}"),
                "device must be auto, cpu or gpu:N such as gpu:0, got %s",
                device);
        check(threads >= 1, "threads must be at least 1, got %d", threads);
    }

    /**
     * The device this comes down to on this machine: {@code cpu} or {@code gpu:N}.
     *
     * @throws IllegalArgumentException if a GPU is asked for that PyTorch does not see
     */
    public String place() {
        if (device.equals(CPU)) {
            return CPU;
        }
        Engine engine = engine();
        boolean cuda = engine.hasCapability(StandardCapabilities.CUDA);
        return place(device, cuda, cuda ? engine.getGpuCount() : 0);
    }

    /** As above, for a PyTorch that sees so many GPUs. */
    static String place(String device, boolean cuda, int gpus) {
        if (device.equals(AUTO)) {
            return gpus > 0 ? GPU + 0 : CPU;
        }
        if (device.startsWith(GPU)) {
            check(
                    Integer.parseInt(device.substring(GPU.length())) < gpus,
                    "device must be one that PyTorch sees, got %s where it sees %d GPUs%s; docs/gpu.md says how to give it one",
                    device,
                    gpus,
                    cuda ? "" : " because this build of it is for the CPU");
        }
        return device;
    }

    Device tensors() {
        String place = place();
        return place.equals(CPU) ? Device.cpu() : Device.of("gpu", Integer.parseInt(place.substring(GPU.length())));
    }

    Engine engine() {
        setUnlessSet("ai.djl.pytorch.num_threads", Integer.toString(threads));
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        return Engine.getEngine("PyTorch");
    }

    /**
     * To be called on the thread that computes, before it does. OpenMP counts threads by thread: one that the engine did not
     * see yet has as many as the machine has cores, until something happens to tell it. Its small products would be added
     * up in another order than everybody else's.
     */
    static void onThisThread() {
        if (!Boolean.TRUE.equals(TOLD.get())) {
            JniUtils.setNumThreads(JniUtils.getNumThreads());
            TOLD.set(true);
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
