package coldstream.benchmarks.scoring;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where this process spends its processor time: by kind of thread, and what no thread of Java has, such as the compiler. */
final class ProcessorTime {

    private static final double NANOS = 1e9;
    private static final double WORTH_A_WORD = 0.01;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /**
     * Seconds since some start.
     *
     * @param seconds of the whole process
     * @param byThread of each kind of thread alive
     */
    record Spent(double seconds, Map<String, Double> byThread) {

        Spent since(Spent before) {
            Map<String, Double> less = new TreeMap<>();
            byThread.forEach((kind, spent) -> less.put(kind, spent - before.byThread.getOrDefault(kind, 0.0)));
            return new Spent(seconds - before.seconds, less);
        }

        /** Of threads of Java: less the compiler, which is done in the end, and the collector. */
        double byThreads() {
            return byThread.values().stream().mapToDouble(spent -> spent).sum();
        }

        @Override
        public String toString() {
            double known = byThreads();
            return String.format(Locale.ROOT, "%.2f s: ", seconds)
                    + byThread.entrySet().stream()
                            .filter(one -> one.getValue() >= WORTH_A_WORD)
                            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                            .map(one -> String.format(Locale.ROOT, "%s %.2f", one.getKey(), one.getValue()))
                            .collect(Collectors.joining(", "))
                    + String.format(Locale.ROOT, "; compiler and collector %.2f", seconds - known);
        }
    }

    Spent now() {
        Map<String, Double> byThread = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            long spent = thread == null ? -1 : threads.getThreadCpuTime(thread.getThreadId());
            if (spent > 0) {
                byThread.merge(kind(thread.getThreadName()), spent / NANOS, Double::sum);
            }
        }
        return new Spent(system.getProcessCpuTime() / NANOS, byThread);
    }

    /** The name without what tells threads of one kind apart. */
    private static String kind(String name) {
        return name.replaceAll("[0-9]+", "").replaceAll("[-:\\s]+$", "");
    }
}
