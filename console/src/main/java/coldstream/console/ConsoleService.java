package coldstream.console;

import coldstream.service.RunningService;
import coldstream.service.ServiceHttp;
import coldstream.service.Setting;
import coldstream.service.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console: one page, what it reads, and what a person may change there. */
public final class ConsoleService implements RunningService {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleService.class);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private final ConsoleConfig config;
    private final MeterRegistry meters;
    private @Nullable ConsoleParts parts;
    private @Nullable ServiceHttp http;

    private ConsoleService(ConsoleConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
    }

    /** Reads the settings; nothing runs yet. */
    public static ConsoleService create(Settings settings, MeterRegistry meters) {
        return new ConsoleService(ConsoleConfig.from(settings), meters);
    }

    /** Every setting it reads. */
    public static List<Setting<?>> settings() {
        return ConsoleConfig.SETTINGS;
    }

    @Override
    public synchronized void start() {
        boolean loopback = LOOPBACK.contains(config.bindAddress());
        if (!loopback) {
            LOG.atWarn()
                    .addKeyValue("bind-address", config.bindAddress())
                    .log("the console has no login: whoever reaches it sees users' histories");
        }
        var all = new ConsoleParts(config, meters);
        parts = all;
        ServiceHttp.Builder server = ServiceHttp.builder(config.bindAddress(), config.port(), meters);
        all.answer(server, loopback);
        http = server.start();
        all.start();
        LOG.atInfo().addKeyValue("port", port()).log("console started");
    }

    /** The port it listens on. */
    public synchronized int port() {
        if (http == null) {
            throw new IllegalStateException("a service has a port once it is started");
        }
        return http.port();
    }

    @Override
    public synchronized boolean ready() {
        return http != null;
    }

    @Override
    public synchronized void drain() {
        if (http != null) {
            http.drain();
        }
    }

    @Override
    public synchronized void close() {
        if (parts != null) {
            parts.close(); // streams before the server, which waits for what is open
            parts = null;
        }
        if (http != null) {
            http.close();
            http = null;
        }
    }
}
