package coldstream.app.evaluate.worker;

import static coldstream.domain.Check.check;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What one worker may take.
 *
 * @param heapMegabytes of the JVM's heap; tensors and the JVM itself come on top, about {@value #BESIDE_HEAP} MB
 */
public record WorkerMemory(int heapMegabytes) {

    private static final int BESIDE_HEAP = 512;

    public WorkerMemory {
        check(heapMegabytes >= 64, "a worker's memory must be at least 64 MB of heap, got %d", heapMegabytes);
    }

    List<String> options() {
        return List.of("-Xmx" + heapMegabytes + "m", "-XX:MaxDirectMemorySize=256m");
    }

    /** How many workers the cores and nine tenths of the machine's memory allow; at least one. */
    public int fitting(int cores) {
        long total = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
        long megabytes = (long) (0.9 * total / (1 << 20));
        return (int) Math.max(1, Math.min(cores, megabytes / (heapMegabytes + BESIDE_HEAP)));
    }
}
