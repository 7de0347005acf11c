package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.service.Durations;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The manifests against Kubernetes' own schema, as its Java client was generated from it: an unknown field, a missing one and
 * a wrong type are refused. Then against what the services really are.
 */
class KubernetesTest {

    /** The longest a stop may take, after the drain. */
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Manifests manifests = Manifests.read();

    /** Reads one kind strictly. */
    private interface Schema {
        Object read(String json) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS = Map.of(
            "v1 Namespace", V1Namespace::fromJson,
            "v1 ConfigMap", V1ConfigMap::fromJson,
            "v1 Secret", V1Secret::fromJson,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson,
            "v1 Service", V1Service::fromJson,
            "apps/v1 Deployment", V1Deployment::fromJson,
            "apps/v1 StatefulSet", V1StatefulSet::fromJson,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson,
            "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::fromJson);

    private static void check(JsonNode manifest) throws IOException {
        String kind = manifest.path("apiVersion").asText() + " "
                + manifest.path("kind").asText();
        Schema schema = SCHEMAS.get(kind);
        assertThat(schema).as(kind).isNotNull();
        if (schema != null) {
            assertThat(schema.read(new ObjectMapper().writeValueAsString(manifest)))
                    .isNotNull();
        }
    }

    @Test
    void everyManifestIsWhatItsKindAllows() {
        assertThat(manifests.all()).hasSizeGreaterThan(10).allSatisfy(KubernetesTest::check);
    }

    /** The judge judges: a mistyped field three levels down is refused, and so is a word for a number. */
    @Test
    void whatKubernetesWouldRefuseIsRefusedHere() {
        ObjectNode mistyped = manifests.of("Deployment", "serving").deepCopy();
        ((ObjectNode) Manifests.container(mistyped).path("livenessProbe")).put("failureTreshold", 3);
        assertThatThrownBy(() -> check(mistyped)).hasMessageContaining("failureTreshold");

        ObjectNode words = manifests.of("Deployment", "serving").deepCopy();
        ((ObjectNode) words.path("spec")).put("replicas", "two");
        assertThatThrownBy(() -> check(words)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void kustomizationListsEveryFileButTheExample() {
        JsonNode kustomization = Manifests.documents(Manifests.FOLDER.resolve("kustomization.yaml"))
                .get(0);
        List<String> listed = new ArrayList<>();
        kustomization.path("resources").forEach(each -> listed.add(each.asText()));

        assertThat(Manifests.files())
                .extracting(file -> file.getFileName().toString())
                .filteredOn(name -> !name.equals("kustomization.yaml") && !name.equals("secret.example.yaml"))
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void theSixServicesAreThere() {
        assertThat(manifests.workloads().keySet()).isEqualTo(new TreeSet<>(Settled.PORTS.keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "scorer-worker", "online-trainer", "model-registry", "serving", "console"})
    void everyVariableIsASettingAndTheServiceTakesItsValue(String name) {
        Map<String, String> environment = manifests.environment(workload(name));

        assertThat(Settled.variables()).containsAll(environment.keySet());
        assertThat(Settled.variables(name))
                .containsAll(new TreeMap<>(environment)
                        .keySet().stream()
                                .filter(variable -> !shared().contains(variable))
                                .toList());
        assertThatCode(() -> Settled.create(name, environment)).doesNotThrowAnyException();
    }

    private Set<String> shared() {
        Set<String> shared = new TreeSet<>();
        manifests.of("ConfigMap", "coldstream").path("data").fieldNames().forEachRemaining(shared::add);
        return shared;
    }

    @Test
    void everySecretOfTheExampleIsReadByAService() {
        Set<String> read = new TreeSet<>();
        manifests.workloads().values().forEach(workload -> Manifests.container(workload)
                .path("env")
                .forEach(each -> read.add(
                        each.path("valueFrom").path("secretKeyRef").path("key").asText())));

        List<String> kept = new ArrayList<>();
        manifests.of("Secret", "coldstream").path("stringData").fieldNames().forEachRemaining(kept::add);
        assertThat(read).containsAll(kept);
    }

    /** A pod that lacks one of them is not even created. */
    @Test
    void theDocumentedCommandMakesEverySecretThatMustBeThere() throws IOException {
        String page = Files.readString(ComposeFile.root().resolve(Path.of("docs", "deploy.md")));

        List<String> missing = new ArrayList<>();
        manifests.workloads().values().forEach(workload -> Manifests.container(workload)
                .path("env")
                .findValues("secretKeyRef")
                .forEach(secret -> {
                    String key = secret.path("key").asText();
                    if (!secret.path("optional").asBoolean() && !page.contains("--from-literal=" + key + "=")) {
                        missing.add(key);
                    }
                }));
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "scorer-worker", "online-trainer", "model-registry", "serving", "console"})
    void probesServicesAndScrapesGoToThePortTheServiceHas(String name) {
        JsonNode workload = workload(name);
        JsonNode container = Manifests.container(workload);
        int port = Settled.PORTS.getOrDefault(name, 0);

        assertThat(container.path("ports").path(0).path("name").asText()).isEqualTo("http");
        assertThat(container.path("ports").path(0).path("containerPort").asInt())
                .isEqualTo(port);
        assertThat(manifests.environment(workload)).containsValue(Integer.toString(port));
        assertThat(container.path("livenessProbe").path("httpGet").toString())
                .isEqualTo("{\"path\":\"/health/live\",\"port\":\"http\"}");
        assertThat(container.path("startupProbe").path("httpGet").toString())
                .isEqualTo("{\"path\":\"/health/live\",\"port\":\"http\"}");
        assertThat(container.path("readinessProbe").path("httpGet").toString())
                .isEqualTo("{\"path\":\"/health/ready\",\"port\":\"http\"}");
        JsonNode service = manifests.of("Service", name).path("spec");
        assertThat(service.path("ports").path(0).path("port").asInt()).isEqualTo(port);
        assertThat(service.path("ports").path(0).path("targetPort").asText()).isEqualTo("http");
        assertThat(service.path("selector")).isEqualTo(selector(workload));
        JsonNode metadata = workload.path("spec").path("template").path("metadata");
        assertThat(metadata.path("annotations").path("prometheus.io/port").asText())
                .isEqualTo(Integer.toString(port));
        assertThat(metadata.path("labels").properties())
                .containsAll(selector(workload).properties());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "scorer-worker", "online-trainer", "model-registry", "serving", "console"})
    void thereIsTimeToDrainAndToStop(String name) {
        Duration drain = Durations.parse(manifests.environment(workload(name)).getOrDefault("COLDSTREAM_DRAIN", "0s"));
        JsonNode ready = Manifests.container(workload(name)).path("readinessProbe");
        long noticed = ready.path("periodSeconds").asLong()
                * ready.path("failureThreshold").asLong();

        assertThat(Manifests.pod(workload(name))
                        .path("terminationGracePeriodSeconds")
                        .asLong())
                .isGreaterThan(drain.plus(STOP).toSeconds());
        assertThat(drain.toSeconds()).isGreaterThan(noticed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "scorer-worker", "online-trainer", "model-registry", "serving", "console"})
    void nobodyIsRootAndNothingIsWrittenOutsideVolumes(String name) {
        JsonNode pod = Manifests.pod(workload(name));
        JsonNode container = Manifests.container(workload(name));
        Dockerfile dockerfile = Dockerfile.read();

        assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(dockerfile.last(name, "USER"))
                .contains(pod.path("securityContext").path("runAsUser").asText() + ":"
                        + pod.path("securityContext").path("runAsGroup").asText());
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        JsonNode security = container.path("securityContext");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.path("capabilities").path("drop").path(0).asText()).isEqualTo("ALL");
        assertThat(container.path("volumeMounts").findValuesAsText("mountPath"))
                .contains(
                        "/tmp",
                        dockerfile.environment(name).get("DJL_CACHE_DIR"),
                        dockerfile.environment(name).get("COLDSTREAM_DATA_DIRECTORY"));
        assertThat(container.path("image").asText()).startsWith("coldstream/" + name + ":");
        assertThat(dockerfile.isStage(name)).isTrue();
        assertThat(container.path("resources").path("limits").path("memory").asText())
                .as("what is asked for is what is had")
                .isEqualTo(container
                        .path("resources")
                        .path("requests")
                        .path("memory")
                        .asText());
    }

    @Test
    void servicesOfOursAreReachedUnderTheNameAndPortTheyHave() {
        manifests.of("ConfigMap", "coldstream").path("data").forEach(value -> {
            URI uri = URI.create(value.asText().contains("://") ? value.asText() : "none:" + value.asText());
            if ("http".equals(uri.getScheme())) {
                JsonNode service = manifests.of("Service", uri.getHost());
                assertThat(service.path("spec")
                                .path("ports")
                                .path(0)
                                .path("port")
                                .asInt())
                        .isEqualTo(uri.getPort());
            }
        });
    }

    @Test
    void whatIsThereMoreThanOnceKeepsAllButOneWhenNodesAreEmptied() {
        manifests.workloads().forEach((name, workload) -> {
            if (workload.path("spec").path("replicas").asInt() > 1) {
                JsonNode budget = manifests.of("PodDisruptionBudget", name).path("spec");
                assertThat(budget.path("maxUnavailable").asInt()).isEqualTo(1);
                assertThat(budget.path("selector").path("matchLabels")).isEqualTo(selector(workload));
            }
        });
        JsonNode target =
                manifests.of("HorizontalPodAutoscaler", "serving").path("spec").path("scaleTargetRef");
        assertThat(manifests.of(
                        target.path("kind").asText(), target.path("name").asText()))
                .isNotNull();
    }

    private JsonNode workload(String name) {
        JsonNode workload = manifests.workloads().get(name);
        if (workload == null) {
            throw new AssertionError("there must be a workload " + name);
        }
        return workload;
    }

    private static JsonNode selector(JsonNode workload) {
        return workload.path("spec").path("selector").path("matchLabels");
    }
}
