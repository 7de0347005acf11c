package coldstream.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.RegistryEvent;
import coldstream.registry.store.Audit;
import coldstream.registry.store.LeaseTable;
import coldstream.registry.store.Views;
import coldstream.registry.store.WebhookEvent;
import coldstream.registry.store.WebhookTable;
import coldstream.registry.store.WebhookTable.Status;
import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.RegisteredModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every database must do for the registry. */
abstract class RegistryContract extends SearchContract {

    @Test
    void aRenamedModelKeepsAllItHas() {
        model("old");
        version("old", "A", "r", List.of(new Tag("k", "v")));
        registry.setModelTag("old", new Tag("owner", "ana"));
        registry.setAlias("old", "champion", "1", "test");

        removal.rename("old", "new", "test");
        RegisteredModel model = removal.rename("old", "new", "test");

        assertThat(model.tags()).containsExactly(new Tag("owner", "ana"));
        assertThat(registry.alias("new", "champion").tags()).contains(new Tag("k", "v"));
        assertThatThrownBy(() -> registry.model("old")).hasMessage("the model must exist, got old");
        assertThat(registry.events("old", 10))
                .last()
                .extracting(RegistryEvent::why)
                .isEqualTo("renamed to new");
        model("taken");
        assertThatThrownBy(() -> removal.rename("new", "taken", "test"))
                .hasMessage("a model must have a new name, got taken");
    }

    @Test
    void aDeletedVersionsNumberIsNeverGivenAgain() {
        model("m");
        version("m", "A", "", List.of(new Tag("k", "v")));
        version("m", "B", "", List.of());
        registry.setAlias("m", "pinned", "2", "test");
        registry.setAlias("m", "champion", "1", "test");

        removal.deleteVersion("m", "2", "test");
        removal.deleteVersion("m", "2", "test");

        assertThat(version("m", "C", "", List.of())).isEqualTo(3);
        assertThatThrownBy(() -> registry.alias("m", "pinned")).hasMessageContaining("must have the alias");
        assertThatThrownBy(() -> removal.deleteVersion("m", "1", "test")).hasMessageContaining("the champion must not");
        assertThatThrownBy(() -> removal.deleteVersion("m", "9", "test")).hasMessageContaining("must exist, got 9");
        removal.deleteModel("m", "test");
        removal.deleteModel("m", "test");
        model("m");
        assertThat(version("m", "D", "", List.of())).isEqualTo(4);
        assertThat(registry.events("m", 10))
                .extracting(RegistryEvent::kind)
                .containsOnlyOnce(RegistryEvent.Kind.VERSION_DELETED, RegistryEvent.Kind.MODEL_DELETED);
    }

    @Test
    void whatAServerUsesIsNeitherDeletedNorRenamed() {
        model("m");
        version("m", "A", "", List.of());
        long until = clock.millis() + 1_000;
        store.change(handle -> LeaseTable.take(handle, Views.requireVersion(handle, "m", "1"), "serving-1", until));

        assertThatThrownBy(() -> removal.deleteVersion("m", "1", "test")).hasMessageContaining("used by serving-1");
        assertThatThrownBy(() -> removal.deleteModel("m", "test")).hasMessageContaining("used by serving-1");
        assertThatThrownBy(() -> removal.rename("m", "n", "test")).hasMessageContaining("used by serving-1");
        clock.advance(Duration.ofSeconds(2));
        removal.deleteVersion("m", "1", "test");
    }

    @Test
    void webhooksAreOwedWhatTheyAskedForInOrder() {
        store.change(handle -> {
            WebhookTable.put(handle, webhook("all", Status.ACTIVE, WebhookEvent.values()));
            WebhookTable.put(handle, webhook("tags", Status.ACTIVE, WebhookEvent.MODEL_VERSION_TAG_SET));
            WebhookTable.put(handle, webhook("off", Status.DISABLED, WebhookEvent.values()));
        });
        model("m");
        version("m", "A", "", List.of());
        registry.setVersionTag("m", "1", new Tag("k", "v"));
        registry.setAlias("m", "champion", "1", "test");

        long owed = store.read(WebhookTable::owed);
        assertThat(owed).isEqualTo(4);
        List<String> told = new ArrayList<>();
        while (store.read(WebhookTable::owed) > 0) {
            for (WebhookTable.Delivery due : store.read(handle -> WebhookTable.due(handle, clock.millis()))) {
                told.add(due.webhook() + due.body().replaceAll(".*\"entity\":\"(\\w+)\".*", " $1"));
                store.change(handle -> WebhookTable.done(handle, due.id()));
            }
        }
        assertThat(told)
                .containsExactly(
                        "all registered_model",
                        "tags model_version_tag",
                        "all model_version_tag",
                        "all model_version_alias");
        boolean deleted = store.write(handle -> WebhookTable.delete(handle, "all"));
        assertThat(deleted).isTrue();
    }

    @Test
    void manyWritersMakeOneAuditWithoutGaps() throws Exception {
        model("m");
        version("m", "A", "", List.of());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String alias = "a" + i;
            running.add(threads.submit(() -> registry.setAlias("m", alias, "1", "test")));
        }
        for (Future<?> each : running) {
            each.get(4, TimeUnit.MINUTES);
        }
        threads.shutdown();

        List<Audit.Entry> audit = store.read(handle -> Audit.unsent(handle, 100));
        assertThat(audit)
                .extracting(Audit.Entry::id)
                .hasSize(20)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    private static WebhookTable.Row webhook(String id, Status status, WebhookEvent... events) {
        return new WebhookTable.Row(
                id, id, "", "https://example.com/", List.of(events), Optional.empty(), status, 1, 1);
    }
}
