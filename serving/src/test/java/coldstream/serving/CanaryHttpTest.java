package coldstream.serving;

import static coldstream.serving.RunningServing.json;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions beside the champion. */
class CanaryHttpTest {

    private static final int USERS = 200;

    private final Path folder;

    CanaryHttpTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private StubRegistry registry() throws IOException {
        StubRegistry registry = new StubRegistry(folder.resolve("registry"));
        for (int version = 1; version <= 3; version++) {
            registry.add(
                    Integer.toString(version),
                    new FakeModel.Table(Map.of("a", (float) version, "b", 0f), Map.of("a", 9L, "b", 8L), Map.of()));
        }
        registry.champion("1");
        return registry;
    }

    private static String version(RunningServing serving, int user) {
        return json(serving.get("/v1/recommendations?user=user-" + user))
                .path("model")
                .path("version")
                .asText();
    }

    private static Map<Integer, String> versions(RunningServing serving) {
        Map<Integer, String> versions = new TreeMap<>();
        for (int user = 0; user < USERS; user++) {
            versions.put(user, version(serving, user));
        }
        return versions;
    }

    private static void awaitShare(RunningServing serving, String share) {
        Await.until(
                "the canary's share is " + share,
                () -> serving.get("/metrics").body().contains("coldstream_serving_canary_share " + share));
    }

    @Test
    void theCanaryAnswersItsShareOfTheUsersAlwaysTheSameOnes() throws IOException {
        try (var registry = registry();
                var serving = RunningServing.start(folder.resolve("data"), registry.url(), Map.of())
                        .await("1")) {
            registry.tag("2", "canary_share", "0.3");
            registry.alias("canary", "2");
            awaitShare(serving, "0.3");

            Map<Integer, String> first = versions(serving);
            assertThat(first.values().stream().filter("2"::equals).count()).isBetween(40L, 80L); // 200 · .3, ± 3 sd
            assertThat(versions(serving)).isEqualTo(first);

            registry.tag("2", "canary_share", "0.6");
            awaitShare(serving, "0.6");
            Map<Integer, String> wider = versions(serving);
            assertThat(wider.values().stream().filter("2"::equals).count()).isBetween(95L, 145L);
            first.forEach((user, version) -> {
                if (version.equals("2")) {
                    assertThat(wider).as("who had the canary keeps it").containsEntry(user, "2");
                }
            });

            registry.removeAlias("canary");
            awaitShare(serving, "0.0");
            assertThat(versions(serving).values()).containsOnly("1");
        }
    }

    @Test
    void aCanaryThatCannotBeLoadedOrHasNoShareAnswersNobody() throws IOException {
        try (var registry = registry();
                var serving = RunningServing.start(folder.resolve("data"), registry.url(), Map.of())
                        .await("1")) {
            registry.add("4", new FakeModel.Table(Map.of("a", Float.NaN), Map.of("a", 1L), Map.of()));
            registry.tag("4", "canary_share", "1");
            registry.alias("canary", "4");
            registry.tag("3", "canary_share", "more than all");
            Await.until(
                    "the follower looked", () -> serving.get("/metrics").body().contains("canary_share 0.0"));
            assertThat(versions(serving).values()).containsOnly("1");

            registry.alias("canary", "3");
            Await.until(
                    "the canary is loaded",
                    () -> serving.get("/v2/models/ctr/versions/3/ready").statusCode() == 200);
            assertThat(version(serving, 1)).isEqualTo("1");
        }
    }

    @Test
    void aLoadedVersionAnswersWhoAsksForItByNumber() throws IOException {
        try (var registry = registry();
                var serving = RunningServing.start(folder.resolve("data"), registry.url(), Map.of())
                        .await("1")) {
            registry.tag("2", "canary_share", "0");
            registry.alias("canary", "2");
            Await.until(
                    "the canary is loaded",
                    () -> serving.get("/v2/models/ctr/versions/2/ready").statusCode() == 200);
            String rows = "{\"inputs\":[{\"name\":\"user\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"ann\"]},"
                    + "{\"name\":\"item\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"a\"]}]}";

            assertThat(serving.get("/v2/models/ctr").body()).contains("\"versions\":[\"1\",\"2\"]");
            for (String version : List.of("1", "2")) {
                var answer = json(serving.post("/v2/models/ctr/versions/" + version + "/infer", rows));
                assertThat(answer.path("model_version").asText()).isEqualTo(version);
                assertThat(answer.at("/outputs/0/data/0").asDouble()).isEqualTo(Double.parseDouble(version));
            }
            assertThat(json(serving.post("/v2/models/ctr/infer", rows))
                            .path("model_version")
                            .asText())
                    .isEqualTo("1");
        }
    }

    @Test
    void theChallengerIsComparedAndAnswersNobody() throws IOException {
        try (var registry = registry();
                var serving = RunningServing.start(
                                folder.resolve("data"), registry.url(), Map.of("serving.shadow-share", "1"))
                        .await("1")) {
            registry.alias("challenger", "3");
            Await.until(
                    "the challenger is loaded",
                    () -> serving.get("/v2/models/ctr/versions/3/ready").statusCode() == 200);

            assertThat(version(serving, 1)).isEqualTo("1");

            Await.until("it was compared", () -> serving.get("/metrics")
                    .body()
                    .contains("coldstream_serving_shadow_total{outcome=\"compared\"} 1.0"));
            // a is 1 by the champion and 3 by the challenger, b is 0 by both: on average 1 apart, the same two items
            assertThat(metric(serving, "coldstream_serving_shadow_difference_sum"))
                    .contains(1.0);
            assertThat(metric(serving, "coldstream_serving_shadow_overlap_sum")).contains(1.0);
        }
    }

    private static Optional<Double> metric(RunningServing serving, String name) {
        return serving.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst();
    }
}
