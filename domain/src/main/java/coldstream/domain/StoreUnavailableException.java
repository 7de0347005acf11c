package coldstream.domain;

/** A store cannot answer now. What it holds is only a help: callers go on without it and try again later. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
