package coldstream.service;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML file of settings as flat keys: {@code trainer: {batch-size: 256}} equals {@code trainer.batch-size: 256}. */
final class SettingsFile {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private SettingsFile() {}

    /** @throws SettingsException if the file is missing, is no YAML, or holds something that is no setting */
    static Map<String, String> read(Path file) {
        if (!Files.isReadable(file)) {
            throw new SettingsException("the settings file must exist and be readable, got " + file);
        }
        try {
            JsonNode root = YAML.readTree(Files.readString(file));
            Map<String, String> values = new LinkedHashMap<>();
            if (!root.isMissingNode() && !root.isNull()) {
                flatten(file, "", root, values);
            }
            return values;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? file.toString() : file + " line " + at.getLineNr();
            String reason = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new SettingsException("the settings file must be YAML, got " + place + ": " + reason);
        } catch (IOException e) {
            throw new SettingsException("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static void flatten(Path file, String key, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                String inner = key.isEmpty() ? field.getKey() : key + "." + field.getKey();
                flatten(file, inner, field.getValue(), values);
            });
            return;
        }
        if (key.isEmpty()) {
            throw new SettingsException("the settings file must hold keys and values, got " + file);
        }
        if (values.putIfAbsent(key, text(file, key, node)) != null) {
            throw new SettingsException("a setting may be given once, got " + key + " twice in " + file);
        }
    }

    private static String text(Path file, String key, JsonNode node) {
        if (node.isArray()) {
            List<String> words = new ArrayList<>();
            node.forEach(word -> words.add(text(file, key, word)));
            return String.join(",", words);
        }
        if (!node.isValueNode() || node.isNull()) {
            throw new SettingsException("a setting must have a value, got none for " + key + " in " + file);
        }
        return node.asText();
    }
}
