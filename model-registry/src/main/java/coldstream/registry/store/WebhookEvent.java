package coldstream.registry.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** What a webhook can be told of, as MLflow names it. */
public enum WebhookEvent {
    REGISTERED_MODEL_CREATED("registered_model", "created"),
    MODEL_VERSION_CREATED("model_version", "created"),
    MODEL_VERSION_TAG_SET("model_version_tag", "set"),
    MODEL_VERSION_TAG_DELETED("model_version_tag", "deleted"),
    MODEL_VERSION_ALIAS_CREATED("model_version_alias", "created"),
    MODEL_VERSION_ALIAS_DELETED("model_version_alias", "deleted");

    private final String entity;
    private final String action;

    WebhookEvent(String entity, String action) {
        this.entity = entity;
        this.action = action;
    }

    public String entity() {
        return entity;
    }

    public String action() {
        return action;
    }

    /** {@code entity.action}. */
    public String text() {
        return entity + "." + action;
    }

    /** Reads either part in any case. */
    public static WebhookEvent of(String entity, String action) {
        String text = (entity + "." + action).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(event -> event.text().equals(text))
                .findFirst()
                .orElseThrow(() -> Refusal.INVALID_PARAMETER_VALUE.because("an event must be one of "
                        + Arrays.stream(values()).map(WebhookEvent::text).toList() + ", got " + text));
    }

    /** What a test sends. */
    public Map<String, Object> example() {
        Map<String, Object> all = Map.of(
                "name", "example_model",
                "version", "1",
                "alias", "example_alias",
                "key", "example_key",
                "value", "example_value",
                "source", "mlflow-artifacts:/staging/example",
                "run_id", "",
                "description", "an example",
                "tags", Map.of("example_key", "example_value"));
        return switch (this) {
            case REGISTERED_MODEL_CREATED -> only(all, "name", "tags", "description");
            case MODEL_VERSION_CREATED -> only(all, "name", "version", "source", "run_id", "tags", "description");
            case MODEL_VERSION_TAG_SET -> only(all, "name", "version", "key", "value");
            case MODEL_VERSION_TAG_DELETED -> only(all, "name", "version", "key");
            case MODEL_VERSION_ALIAS_CREATED -> only(all, "name", "alias", "version");
            case MODEL_VERSION_ALIAS_DELETED -> only(all, "name", "alias");
        };
    }

    private static Map<String, Object> only(Map<String, Object> all, String... keys) {
        Map<String, Object> some = new java.util.LinkedHashMap<>();
        for (String key : keys) {
            some.put(key, java.util.Objects.requireNonNull(all.get(key)));
        }
        return some;
    }
}
