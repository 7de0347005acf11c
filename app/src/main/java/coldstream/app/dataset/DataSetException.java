package coldstream.app.dataset;

/** A data set cannot be read; the message says where, which rule, and what was found instead. */
public final class DataSetException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DataSetException(String message) {
        super(message);
    }

    public DataSetException(String message, Throwable cause) {
        super(message, cause);
    }
}
