package coldstream.wire;

/** The registry did not do what was asked: whether asking again may help is a type. */
public abstract sealed class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    private RegistryException(String message) {
        super(message);
    }

    /** It cannot be reached, or is ill; the same may succeed later. */
    public static final class Unavailable extends RegistryException {

        private static final long serialVersionUID = 1;

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        Unavailable(String message) {
            super(message);
        }
    }

    /** It said no; the same would be refused again. */
    public static final class Refused extends RegistryException {

        private static final long serialVersionUID = 1;

        private final String errorCode;
        private final String reason;

        Refused(String errorCode, String message) {
            super(errorCode + ": " + message);
            this.errorCode = errorCode;
            this.reason = message;
        }

        /** Whether what was asked about does not exist. */
        public boolean nothingThere() {
            return errorCode.equals("RESOURCE_DOES_NOT_EXIST");
        }

        /** In the registry's words. */
        public String reason() {
            return reason;
        }

        /** Such as {@code RESOURCE_DOES_NOT_EXIST}. */
        public String errorCode() {
            return errorCode;
        }
    }

    /** What came is not what the manifest speaks of. */
    public static final class Corrupt extends RegistryException {

        private static final long serialVersionUID = 1;

        Corrupt(String message) {
            super(message);
        }
    }
}
