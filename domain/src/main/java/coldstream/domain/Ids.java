package coldstream.domain;

/** The rule every identifier obeys. */
final class Ids {

    static final int MAX_LENGTH = 256;

    private Ids() {}

    static void check(String field, String value) {
        Check.check(!value.isBlank(), "%s must not be blank", field);
        Check.check(
                value.length() <= MAX_LENGTH,
                "%s must have at most %d characters, got %d",
                field,
                MAX_LENGTH,
                value.length());
    }
}
