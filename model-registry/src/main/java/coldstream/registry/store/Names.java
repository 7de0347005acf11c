package coldstream.registry.store;

/** What may be called what. */
public final class Names {

    private Names() {}

    public static void checkModel(String name) {
        require(
                name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,199}"),
                "a model's name must be 1 to 200 letters, digits, dots, dashes, underscores and spaces, got " + name);
    }

    /** An alias is no version: MLflow refuses v1 and numbers too. */
    public static void checkAlias(String alias) {
        require(
                alias.matches("[A-Za-z0-9_-]{1,200}") && !alias.matches("(?i)v?\\d+|latest"),
                "an alias must be 1 to 200 letters, digits, dashes and underscores and no version, got " + alias);
    }

    /** The stage as MLflow writes it. */
    public static String checkStage(String stage) {
        return VersionRow.STAGES.stream()
                .filter(stage::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> Refusal.INVALID_PARAMETER_VALUE.because(
                        "a stage must be one of " + VersionRow.STAGES + ", got " + stage));
    }

    public static int version(String version) {
        require(version.matches("[1-9]\\d{0,8}"), "a version must be a number from 1, got " + version);
        return Integer.parseInt(version);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(message);
        }
    }
}
