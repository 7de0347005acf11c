package coldstream.service;

import io.javalin.http.Context;

/** How a protocol writes an error where it has its own form. */
@FunctionalInterface
public interface ErrorForm {

    /** Writes the body and content type; status and headers are set already. */
    void write(Problem problem, Context context);
}
