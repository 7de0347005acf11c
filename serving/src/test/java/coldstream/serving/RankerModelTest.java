package coldstream.serving;

import static coldstream.serving.RunningServing.json;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.model.CatalogueEntry;
import coldstream.model.Compute;
import coldstream.model.Model;
import coldstream.model.ModelConfig;
import coldstream.model.RowAdagrad;
import coldstream.model.Safetensors;
import coldstream.model.Trust;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot of a real model, served. */
class RankerModelTest {

    private final Path folder;

    RankerModelTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aRealSnapshotIsRankedWithoutWhatTheUserTookLongAgo() throws IOException {
        Path snapshot = snapshot();
        try (var registry = new StubRegistry(folder.resolve("registry"))) {
            registry.adopt("1", snapshot);
            registry.champion("1");
            try (var serving = RunningServing.start(folder.resolve("data"), registry.url(), Map.of(), RankerModel::load)
                    .await("1")) {
                JsonNode ann = json(serving.get("/v1/recommendations?user=ann&k=50"));
                JsonNode stranger = json(serving.get("/v1/recommendations?user=stranger&k=50"));

                assertThat(ann.path("items").findValuesAsText("item_id"))
                        .hasSize(18)
                        .doesNotContain("film-3", "film-5");
                assertThat(stranger.path("items")).hasSize(20);
                assertThat(ann.path("items").path(0).path("title").asText()).startsWith("Film number ");
                assertThat(ann.path("items").findValues("score"))
                        .allSatisfy(score -> assertThat(score.asDouble()).isFinite());
            }
        }
    }

    private Path snapshot() throws IOException {
        Path snapshot = Files.createDirectories(folder.resolve("snapshot"));
        var config = new ModelConfig(
                1, "dcnv2", 8, 20, false, 0, false, 0.01, 0.01, new RowAdagrad(0.1, 0.1), 0.01, 1, Compute.DEFAULT);
        try (Model model = new Model(config)) {
            for (int i = 0; i < 20; i++) {
                CatalogueEntry entry = model.features()
                        .describe(new Item(
                                new ItemId("film-" + i),
                                "Film number " + i,
                                List.of("drama"),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of()));
                model.features().count(entry);
            }
            model.features().user(new UserId("bob"));
            model.features().user(new UserId("ann"));
            model.capture(Trust.none()).write(snapshot);
        }
        Safetensors.Builder memory = new Safetensors.Builder();
        memory.add("users.taken", List.of(3), new int[] {0, 3, 5});
        memory.add("users.taken.ends", List.of(2), new long[] {1, 3});
        memory.write(snapshot.resolve("learner.safetensors"));
        return snapshot;
    }
}
