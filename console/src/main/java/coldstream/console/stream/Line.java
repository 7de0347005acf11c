package coldstream.console.stream;

/** A connection that events go out on. Used by one thread, but for closing. */
public interface Line {

    /** Sends one event and returns when it is out; does nothing once the line is closed. */
    void send(String name, String data, String id);

    /** Whether nothing can be sent any more. */
    boolean closed();

    /** Closing twice is harmless. */
    void close();
}
