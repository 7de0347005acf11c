package coldstream.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The files of {@code deploy/kubernetes/base}. */
final class Manifests {

    static final Path FOLDER = ComposeFile.root().resolve(Path.of("deploy", "kubernetes", "base"));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> all = new ArrayList<>();

    static Manifests read() {
        Manifests manifests = new Manifests();
        for (Path file : files()) {
            if (!file.endsWith("kustomization.yaml")) {
                manifests.all.addAll(documents(file));
            }
        }
        return manifests;
    }

    static List<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> documents(Path file) {
        List<JsonNode> documents = new ArrayList<>();
        try {
            new Yaml().loadAll(Files.readString(file)).forEach(each -> documents.add(JSON.valueToTree(each)));
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> all() {
        return List.copyOf(all);
    }

    List<JsonNode> of(String kind) {
        return all.stream()
                .filter(each -> each.path("kind").asText().equals(kind))
                .toList();
    }

    JsonNode of(String kind, String name) {
        return of(kind).stream()
                .filter(each -> each.path("metadata").path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there must be a " + kind + " " + name));
    }

    /** The services' Deployments and StatefulSets, by name. */
    Map<String, JsonNode> workloads() {
        Map<String, JsonNode> workloads = new TreeMap<>();
        Stream.of("Deployment", "StatefulSet")
                .flatMap(kind -> of(kind).stream())
                .forEach(
                        each -> workloads.put(each.path("metadata").path("name").asText(), each));
        return workloads;
    }

    static JsonNode pod(JsonNode workload) {
        return workload.path("spec").path("template").path("spec");
    }

    static JsonNode container(JsonNode workload) {
        return pod(workload).path("containers").path(0);
    }

    /** A container's variables, from where they are kept. */
    Map<String, String> environment(JsonNode workload) {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode from : container(workload).path("envFrom")) {
            JsonNode data = of(
                            "ConfigMap", from.path("configMapRef").path("name").asText())
                    .path("data");
            data.properties()
                    .forEach(each ->
                            environment.put(each.getKey(), each.getValue().asText()));
        }
        for (JsonNode variable : container(workload).path("env")) {
            JsonNode reference = variable.path("valueFrom").path("secretKeyRef");
            String value = reference.isMissingNode()
                    ? variable.path("value").asText()
                    : of("Secret", reference.path("name").asText())
                            .path("stringData")
                            .required(reference.path("key").asText())
                            .asText();
            environment.put(variable.path("name").asText(), value);
        }
        return environment;
    }
}
