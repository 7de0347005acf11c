package coldstream.service;

import static coldstream.domain.Check.check;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The values of all settings a process knows: defaults, then a YAML file, then the environment, then explicit overrides,
 * the last one winning.
 *
 * <p>A key nobody declared is refused, except below {@code kafka.}, which is handed to the Kafka clients as it is. All
 * declared values are read when this is built, so a wrong one fails before anything starts.
 */
public final class Settings {

    /** Environment variables with our prefix that are no settings: they steer the command itself. */
    static final Set<String> NOT_SETTINGS =
            Set.of("COLDSTREAM_CONFIG", "COLDSTREAM_JAVA_OPTIONS", "COLDSTREAM_DATASETS");

    private static final String KAFKA = "kafka.";
    private static final String KAFKA_VARIABLE = "COLDSTREAM_KAFKA_";

    private record Written(String text, String origin) {}

    private final Map<String, Setting<?>> declared;
    private final Map<String, Written> written;

    private Settings(Map<String, Setting<?>> declared, Map<String, Written> written) {
        this.declared = declared;
        this.written = written;
        declared.values().forEach(this::get);
    }

    /** Starts from the defaults of these settings. */
    public static Builder builder(Collection<? extends Setting<?>> declared) {
        return new Builder(declared);
    }

    /** These values over the defaults, and nothing else. */
    public static Settings of(Collection<? extends Setting<?>> declared, Map<String, String> values) {
        return builder(declared).overrides(values).build();
    }

    /** The value of a declared setting. */
    public <T> T get(Setting<T> setting) {
        check(
                declared.containsKey(setting.key()),
                "a setting must be declared before it is read, got %s",
                setting.key());
        Written value = written.get(setting.key());
        try {
            return setting.reader().apply(value == null ? setting.defaultText() : value.text());
        } catch (IllegalArgumentException e) {
            String reason = setting.secret() ? "its value is not acceptable" : e.getMessage();
            String origin = value == null ? "its default" : value.origin();
            throw new SettingsException("setting " + setting.key() + " (" + origin + "): " + reason);
        }
    }

    /** Every declared setting, by key. */
    public List<Setting<?>> declared() {
        return List.copyOf(declared.values());
    }

    /** The value of a setting as written, for people: a secret is hidden. */
    public String shown(Setting<?> setting) {
        Written value = written.get(setting.key());
        if (value == null) {
            return setting.defaultText();
        }
        return setting.secret() && !value.text().isEmpty() ? Secret.HIDDEN : value.text();
    }

    /** The same settings, some values replaced. */
    public Settings with(Map<String, String> overrides) {
        Builder builder = new Builder(declared.values());
        builder.written.putAll(written);
        return builder.overrides(overrides).build();
    }

    /** What a Kafka client of any kind starts from: where the brokers are, and everything else below {@code kafka.}. */
    public Map<String, Object> kafkaClient() {
        Map<String, Object> client = new TreeMap<>();
        written.forEach((key, value) -> {
            if (key.startsWith(KAFKA) && !declared.containsKey(key)) {
                client.put(key.substring(KAFKA.length()), value.text());
            }
        });
        client.put("bootstrap.servers", get(SharedSettings.KAFKA_BOOTSTRAP_SERVERS));
        return client;
    }

    /** The keys that differ from their default, with secrets hidden. */
    @Override
    public String toString() {
        Map<String, String> values = new TreeMap<>();
        written.forEach((key, value) -> {
            Setting<?> setting = declared.get(key);
            values.put(key, setting == null ? Secret.HIDDEN : shown(setting));
        });
        return values.toString();
    }

    /** Collects the sources of values, weakest first. */
    public static final class Builder {

        private final Map<String, Setting<?>> declared = new TreeMap<>();
        private final Map<String, Written> written = new LinkedHashMap<>();

        private Builder(Collection<? extends Setting<?>> settings) {
            for (Setting<?> setting : settings) {
                Setting<?> other = declared.putIfAbsent(setting.key(), setting);
                check(
                        other == null || other.defaultText().equals(setting.defaultText()),
                        "a setting must have one default, got two for %s",
                        setting.key());
            }
        }

        public Builder file(Path file) {
            SettingsFile.read(file).forEach((key, value) -> put(key, value, file.toString()));
            return this;
        }

        /** Reads {@code COLDSTREAM_*}; everything else in the environment is left alone. */
        public Builder environment(Map<String, String> environment) {
            Map<String, String> keys = new TreeMap<>();
            declared.values().forEach(setting -> keys.put(setting.variable(), setting.key()));
            new TreeMap<>(environment).forEach((variable, value) -> {
                if (!variable.startsWith(Setting.PREFIX) || NOT_SETTINGS.contains(variable)) {
                    return;
                }
                String key = keys.get(variable);
                if (key == null && variable.startsWith(KAFKA_VARIABLE)) {
                    String rest = variable.substring(KAFKA_VARIABLE.length());
                    key = KAFKA + rest.toLowerCase(Locale.ROOT).replace('_', '.');
                }
                if (key == null) {
                    throw new SettingsException("unknown environment variable " + variable + "; did you mean "
                            + NearestKey.of(variable, keys.keySet()) + "?");
                }
                put(key, value, variable);
            });
            return this;
        }

        public Builder overrides(Map<String, String> values) {
            values.forEach((key, value) -> put(key, value, "given"));
            return this;
        }

        public Settings build() {
            return new Settings(new TreeMap<>(declared), Map.copyOf(written));
        }

        private void put(String key, String text, String origin) {
            if (!declared.containsKey(key) && !key.startsWith(KAFKA)) {
                throw new SettingsException("unknown setting " + key + " (" + origin + "); did you mean "
                        + NearestKey.of(key, declared.keySet()) + "?");
            }
            written.put(key, new Written(text, origin));
        }
    }
}
