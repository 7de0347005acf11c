package coldstream.monitor.action;

import org.jspecify.annotations.Nullable;

/** An action was not done. */
public final class ActionException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean mayPass;

    /** @param mayPass whether the same may succeed later */
    public ActionException(String message, boolean mayPass, @Nullable Throwable cause) {
        super(message, cause);
        this.mayPass = mayPass;
    }

    public boolean mayPass() {
        return mayPass;
    }
}
