package coldstream.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most memory this process has held at once, as Linux counts it. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private PeakMemory() {}

    /** A line for people, empty where the system does not tell. */
    static String line() {
        try {
            Matcher matcher = HIGH_WATER.matcher(Files.readString(STATUS));
            return matcher.find()
                    ? String.format(
                            Locale.ROOT,
                            "memory    %.2f GiB at most",
                            Long.parseLong(matcher.group(1)) / 1024.0 / 1024.0)
                    : "";
        } catch (IOException e) {
            return "";
        }
    }
}
