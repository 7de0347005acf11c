package coldstream.app;

import java.io.UncheckedIOException;

/** What went wrong, in one line for people. */
public final class OneLine {

    private OneLine() {}

    public static String of(Throwable failure) {
        Throwable told = failure;
        Throwable cause = told.getCause();
        if (told instanceof UncheckedIOException && cause != null && wrapped(told, cause)) {
            told = cause;
        }
        String message = told.getMessage();
        String line = message == null || message.isBlank() ? told.getClass().getSimpleName() : message;
        return line.lines()
                .map(String::strip)
                .reduce((first, more) -> first + " " + more)
                .orElse(line);
    }

    /** Whether the message is nothing but the cause's own. */
    private static boolean wrapped(Throwable failure, Throwable cause) {
        return cause.toString().equals(failure.getMessage());
    }
}
