package coldstream.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds, bytes.
 *
 * @param resident of the whole process, as the kernel counts
 * @param direct buffers outside the heap that Java knows of
 * @param heap in use
 * @param outside resident less the heap: with a heap touched in full at the start, all that native code holds
 */
record ProcessMemory(long resident, long direct, long heap, long outside) {

    static ProcessMemory now() {
        long resident = residentBytes();
        var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new ProcessMemory(resident, direct, memory.getUsed(), resident - memory.getCommitted());
    }

    private static long residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/self/status", e);
        }
    }
}
