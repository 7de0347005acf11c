package coldstream.service;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service has opened: closed together, the last first, each even where another fails. Thread-safe. */
public final class OpenParts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();

    /** Takes a part in, to be closed before all that were taken in before. */
    public <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** Closes what is open; harmless when repeated. */
    @Override
    public void close() {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("a part did not close");
            }
        }
    }
}
