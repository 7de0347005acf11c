package coldstream.registry.mlflow;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.registry.promotion.Promotion;
import coldstream.registry.store.Audit;
import coldstream.registry.store.ModelTable;
import coldstream.registry.store.Names;
import coldstream.registry.store.Refusal;
import coldstream.registry.store.Search;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.VersionTable;
import coldstream.registry.store.Views;
import coldstream.registry.store.WebhookEvent;
import coldstream.registry.store.WebhookTable;
import coldstream.wire.ModelVersion;
import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.RegisteredModel;
import coldstream.wire.RegistryPaths;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Models, versions, aliases and tags, and the audit of every change to them. Each call is one transaction.
 *
 * <p>Doing again what was done already changes nothing and is no error: clients repeat requests whose answer they lost.
 */
public final class Registry {

    private static final Set<String> ACTIVE = Set.of("Production", "Staging");

    private final Store store;
    private final Promotion promotion;
    private final Clock clock;

    /** A page of a search, and the token of the next one. */
    public record Page<T>(List<T> rows, Optional<String> nextPageToken) {}

    public Registry(Store store, Promotion promotion, Clock clock) {
        this.store = store;
        this.promotion = promotion;
        this.clock = clock;
    }

    public RegisteredModel createModel(String name, String description, List<Tag> tags) {
        Names.checkModel(name);
        return store.write(handle -> {
            if (ModelTable.find(handle, name).isEmpty()) {
                ModelTable.insert(handle, new ModelTable.Row(name, description, clock.millis(), clock.millis()));
                tags.forEach(tag -> ModelTable.setTag(handle, name, tag));
                Map<String, Object> data = Map.of("name", name, "tags", Views.map(tags), "description", description);
                WebhookTable.owe(handle, WebhookEvent.REGISTERED_MODEL_CREATED, data, clock.instant());
            }
            RegisteredModel model = Views.model(handle, Views.requireModel(handle, name));
            boolean same = (description.isEmpty() || description.equals(model.description()))
                    && model.tags().containsAll(tags);
            if (!same) {
                throw Refusal.RESOURCE_ALREADY_EXISTS.because("a model must have a new name, got " + name);
            }
            return model;
        });
    }

    public RegisteredModel model(String name) {
        return store.read(handle -> Views.model(handle, Views.requireModel(handle, name)));
    }

    public Page<RegisteredModel> searchModels(String filter, List<String> orderBy, int maxResults, String pageToken) {
        Search search = Search.of(Search.MODELS, filter, orderBy, maxResults, pageToken);
        return store.read(handle -> page(
                search,
                ModelTable.search(handle, search).stream()
                        .map(row -> Views.model(handle, row))
                        .toList()));
    }

    public Page<ModelVersion> searchVersions(String filter, List<String> orderBy, int maxResults, String pageToken) {
        Search search = Search.of(Search.VERSIONS, filter, orderBy, maxResults, pageToken);
        return store.read(handle -> page(search, Views.versions(handle, VersionTable.search(handle, search))));
    }

    /** The newest version of each of these stages; of every stage in use if there are none. */
    public List<ModelVersion> latest(String name, List<String> stages) {
        Set<String> wanted = new LinkedHashSet<>(stages.isEmpty() ? VersionRow.STAGES : stages);
        Set<String> named = wanted.stream().map(Names::checkStage).collect(Collectors.toSet());
        return model(name).latestVersions().stream()
                .filter(version -> named.contains(version.currentStage()))
                .toList();
    }

    public ModelVersion version(String model, String version) {
        return store.read(handle -> Views.version(handle, Views.requireVersion(handle, model, version)));
    }

    /** Where the version's files are. */
    public String downloadUri(String model, String version) {
        VersionRow row = store.read(handle -> Views.requireVersion(handle, model, version));
        if (!row.stored()) {
            throw Refusal.RESOURCE_DOES_NOT_EXIST.because(
                    "the files of version " + version + " of " + model + " are no longer kept");
        }
        return row.artifactUri();
    }

    public ModelVersion alias(String model, String alias) {
        return store.read(handle -> {
            Views.requireModel(handle, model);
            int version = ModelTable.alias(handle, model, alias)
                    .orElseThrow(() -> Refusal.RESOURCE_DOES_NOT_EXIST.because(
                            "model " + model + " must have the alias, got " + alias));
            return Views.version(handle, Views.requireVersion(handle, model, Integer.toString(version)));
        });
    }

    public void setAlias(String model, String alias, String version, String who) {
        Names.checkAlias(alias);
        store.change(handle -> {
            VersionRow row = Views.requireVersion(handle, model, version);
            if (!row.stored()) {
                throw Refusal.INVALID_PARAMETER_VALUE.because(
                        "an alias must point to a version whose files are kept, got " + version);
            }
            Optional<Integer> before = ModelTable.alias(handle, model, alias);
            if (before.equals(Optional.of(row.version()))) {
                return;
            }
            ModelTable.setAlias(handle, model, alias, row.version());
            boolean back = alias.equals(RegistryPaths.CHAMPION)
                    && before.filter(old -> old > row.version()).isPresent();
            String why = before.map(old -> "was version " + old).orElse("was not set");
            audit(handle, back ? Kind.ROLLED_BACK : Kind.ALIAS_SET, row, Optional.of(alias), who, why);
            if (alias.equals(RegistryPaths.CHAMPION)) {
                promotion.championSet(handle, model, before, row.version());
            }
        });
    }

    public void deleteAlias(String model, String alias, String who) {
        store.change(handle -> {
            Views.requireModel(handle, model);
            Optional<Integer> before = ModelTable.alias(handle, model, alias);
            if (before.isPresent()) {
                VersionRow row = Views.requireVersion(handle, model, Integer.toString(before.get()));
                ModelTable.deleteAlias(handle, model, alias);
                audit(handle, Kind.ALIAS_DELETED, row, Optional.of(alias), who, "asked for");
                promotion.aliasDeleted(handle, model, alias);
            }
        });
    }

    public void setModelTag(String model, Tag tag) {
        store.change(handle -> {
            Views.requireModel(handle, model);
            ModelTable.setTag(handle, model, tag);
            ModelTable.touch(handle, model, clock.millis());
        });
    }

    public void setVersionTag(String model, String version, Tag tag) {
        store.change(handle -> {
            VersionRow row = Views.requireVersion(handle, model, version);
            VersionTable.setTag(handle, model, row.version(), tag);
            Map<String, String> data =
                    Map.of("name", model, "version", version, "key", tag.key(), "value", tag.value());
            WebhookTable.owe(handle, WebhookEvent.MODEL_VERSION_TAG_SET, data, clock.instant());
        });
    }

    public void deleteModelTag(String model, String key) {
        store.change(handle -> {
            Views.requireModel(handle, model);
            ModelTable.deleteTag(handle, model, key);
            ModelTable.touch(handle, model, clock.millis());
        });
    }

    public void deleteVersionTag(String model, String version, String key) {
        store.change(handle -> {
            VersionRow row = Views.requireVersion(handle, model, version);
            VersionTable.deleteTag(handle, model, row.version(), key);
            Map<String, String> data = Map.of("name", model, "version", version, "key", key);
            WebhookTable.owe(handle, WebhookEvent.MODEL_VERSION_TAG_DELETED, data, clock.instant());
        });
    }

    public RegisteredModel describeModel(String model, String description) {
        return store.write(handle -> {
            Views.requireModel(handle, model);
            ModelTable.setDescription(handle, model, description);
            ModelTable.touch(handle, model, clock.millis());
            return Views.model(handle, Views.requireModel(handle, model));
        });
    }

    public ModelVersion describeVersion(String model, String version, String description) {
        return store.write(handle -> {
            VersionRow row = Views.requireVersion(handle, model, version);
            VersionTable.setDescription(handle, model, row.version(), description, clock.millis());
            return Views.version(handle, Views.requireVersion(handle, model, version));
        });
    }

    /** Moves a version to a stage, and the others there to Archived if asked to. */
    public ModelVersion setStage(String model, String version, String stage, boolean archiveOthers, String who) {
        String name = Names.checkStage(stage);
        if (archiveOthers && !ACTIVE.contains(name)) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "archive_existing_versions must go with one of " + ACTIVE + ", got " + name);
        }
        return store.write(handle -> {
            VersionRow row = Views.requireVersion(handle, model, version);
            if (archiveOthers) {
                VersionTable.inStage(handle, model, name).stream()
                        .filter(other -> other.version() != row.version())
                        .forEach(other -> stage(handle, other, "Archived", who));
            }
            if (!row.stage().equals(name)) {
                stage(handle, row, name, who);
            }
            return Views.version(handle, Views.requireVersion(handle, model, version));
        });
    }

    /** The audit, also of a model that has gone. */
    public List<RegistryEvent> events(String model, int limit) {
        return store.read(handle -> {
            List<RegistryEvent> events = Audit.of(handle, model, limit);
            if (events.isEmpty()) {
                Views.requireModel(handle, model);
            }
            return events;
        });
    }

    private void stage(Handle handle, VersionRow row, String stage, String who) {
        VersionTable.setStage(handle, row.model(), row.version(), stage, clock.millis());
        audit(handle, Kind.STAGE_SET, row, Optional.empty(), who, row.stage() + " to " + stage);
    }

    private void audit(Handle handle, Kind kind, VersionRow row, Optional<String> alias, String who, String why) {
        ModelTable.touch(handle, row.model(), clock.millis());
        String version = Integer.toString(row.version());
        Audit.append(handle, new RegistryEvent(kind, row.model(), version, alias, who, why, clock.instant(), Map.of()));
    }

    private static <T> Page<T> page(Search search, List<T> rows) {
        if (rows.size() <= search.maxResults()) {
            return new Page<>(rows, Optional.empty());
        }
        String next = Integer.toString(search.offset() + search.maxResults());
        return new Page<>(rows.subList(0, search.maxResults()), Optional.of(next));
    }
}
