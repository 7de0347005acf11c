package coldstream.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Something that takes steps and can be timed. Idle between calls. */
public interface Contender extends AutoCloseable {

    /**
     * What steps took.
     *
     * @param seconds on the wall
     * @param processor seconds of all threads together; on a machine that is shared this is the steadier of the two
     */
    record Took(double seconds, double processor) {

        Took of(int steps) {
            return new Took(seconds / steps, processor / steps);
        }
    }

    /** Takes so many steps. */
    Took steps(int steps);

    @Override
    void close();

    /** Times work of this process. */
    static Took timed(Runnable work) {
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = process.getProcessCpuTime();
        long begin = System.nanoTime();
        work.run();
        long end = System.nanoTime();
        return new Took((end - begin) / 1e9, (process.getProcessCpuTime() - processor) / 1e9);
    }
}
