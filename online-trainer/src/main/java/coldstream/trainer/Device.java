package coldstream.trainer;

import ai.djl.engine.Engine;

/** Where tensors can be computed on this machine. */
final class Device {

    private Device() {}

    /** {@code gpu} if PyTorch sees one, else {@code cpu}. */
    static String best() {
        return Engine.getEngine("PyTorch").getGpuCount() > 0 ? "gpu" : "cpu";
    }
}
