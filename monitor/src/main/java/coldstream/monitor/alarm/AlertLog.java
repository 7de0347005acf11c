package coldstream.monitor.alarm;

import coldstream.domain.DriftAlert;
import java.util.List;

/** Where alerts are told to everybody, and kept. Calls throw a RuntimeException while it is away, and may be repeated. */
public interface AlertLog extends AutoCloseable {

    /** The newest of each alert that is still kept, in the order in which they were opened. */
    List<DriftAlert> read();

    /** Adds one; returns when it is safe. */
    void append(DriftAlert alert);

    @Override
    void close();
}
