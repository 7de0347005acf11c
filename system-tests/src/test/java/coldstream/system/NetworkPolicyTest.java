package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may speak with whom, against what the services are told to speak with. */
class NetworkPolicyTest {

    private static final Set<Integer> TLS = Set.of(443);

    private final Manifests manifests = Manifests.read();

    private List<JsonNode> policies() {
        return manifests.of("NetworkPolicy");
    }

    @Test
    void everyPolicyIsWhatItsKindAllows() throws IOException {
        assertThat(policies()).hasSize(3);
        for (JsonNode policy : policies()) {
            assertThat(V1NetworkPolicy.fromJson(new ObjectMapper().writeValueAsString(policy)))
                    .isNotNull();
        }
    }

    @Test
    void everyServiceIsHeldToAPolicyBothWays() {
        manifests.workloads().forEach((name, workload) -> {
            Set<String> types = new TreeSet<>();
            policies().stream().filter(policy -> selects(policy, workload)).forEach(policy -> policy.path("spec")
                    .path("policyTypes")
                    .forEach(type -> types.add(type.asText())));
            assertThat(types).as(name).containsExactly("Egress", "Ingress");
        });
    }

    @Test
    void whereASettingLeadsThePolicyLetsThrough() {
        manifests.workloads().forEach((name, workload) -> {
            Set<Integer> open = new TreeSet<>();
            policies().stream()
                    .filter(policy -> selects(policy, workload))
                    .flatMap(policy -> policy.path("spec").path("egress").findValues("port").stream())
                    .forEach(port -> open.add(port.asInt()));
            manifests.environment(workload).forEach((variable, value) -> {
                int port = port(variable, value);
                assertThat(port == 0 || open.contains(port) || isOurs(port))
                        .as("%s: %s=%s through %s", name, variable, value, open)
                        .isTrue();
            });
            boolean outside = List.of("scorer-worker", "model-registry").contains(name);
            assertThat(open.containsAll(TLS)).as(name).isEqualTo(outside);
        });
    }

    @Test
    void onlyEventsAndAnswersAreForEverybody() {
        Set<String> everybody = new TreeSet<>();
        manifests.workloads().forEach((name, workload) -> policies().stream()
                .filter(policy -> selects(policy, workload))
                .flatMap(policy -> policy.path("spec").path("ingress").findParents("ports").stream())
                .filter(rule -> rule.path("from").isMissingNode())
                .forEach(rule -> everybody.add(name)));

        assertThat(everybody).containsExactly("ingest", "serving");
    }

    private static boolean isOurs(int port) {
        return Settled.PORTS.containsValue(port);
    }

    /** Of what a variable leads to; 0 for one that leads nowhere. */
    private static int port(String variable, String value) {
        if (variable.endsWith("BOOTSTRAP_SERVERS")) {
            return Integer.parseInt(value.substring(value.indexOf(':') + 1));
        }
        if (!variable.endsWith("_URL") || value.isEmpty()) {
            return 0;
        }
        URI uri = URI.create(value.startsWith("jdbc:") ? value.substring("jdbc:".length()) : value);
        return uri.getPort() > 0 ? uri.getPort() : 443;
    }

    private static boolean selects(JsonNode policy, JsonNode workload) {
        JsonNode selector = policy.path("spec").path("podSelector");
        JsonNode labels =
                workload.path("spec").path("template").path("metadata").path("labels");
        for (Map.Entry<String, JsonNode> wanted : selector.path("matchLabels").properties()) {
            if (!wanted.getValue().equals(labels.path(wanted.getKey()))) {
                return false;
            }
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            boolean in = false;
            for (JsonNode value : expression.path("values")) {
                in |= value.equals(labels.path(expression.path("key").asText()));
            }
            if (!in) {
                return false;
            }
        }
        return true;
    }
}
