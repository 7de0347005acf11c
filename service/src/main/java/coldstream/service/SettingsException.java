package coldstream.service;

/** A setting is unknown, missing or wrong; the message is one line a user can act on. */
public final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    SettingsException(String message) {
        super(message);
    }
}
