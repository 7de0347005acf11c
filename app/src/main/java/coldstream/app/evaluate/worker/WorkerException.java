package coldstream.app.evaluate.worker;

import java.util.List;

/** A worker ended without a result. */
public final class WorkerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> lastWords;

    WorkerException(String job, int status, List<String> lastWords) {
        super("a worker must end with a result, that of %s ended with status %d%s"
                .formatted(job, status, status == 3 ? " (out of memory, see --worker-memory)" : ""));
        this.lastWords = List.copyOf(lastWords);
    }

    /** What it said last on its standard error. */
    List<String> lastWords() {
        return lastWords;
    }
}
