package coldstream.service;

/** A part of the system that runs until it is closed, alone in a process or beside others. */
public interface RunningService extends AutoCloseable {

    /** Starts and returns; what takes long goes on in the background until {@link #ready()}. */
    void start();

    /** Whether it does its whole work now. */
    boolean ready();

    /**
     * From now on it says that it is not ready, so that nobody sends it more. It goes on doing all else until it is closed.
     * Harmless before the start and when repeated.
     */
    void drain();

    /** Stops in order, within 10 seconds; closing twice, or before the start, is harmless. */
    @Override
    void close();
}
