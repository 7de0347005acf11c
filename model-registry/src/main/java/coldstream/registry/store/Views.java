package coldstream.registry.store;

import coldstream.wire.ModelVersion;
import coldstream.wire.ModelVersion.Status;
import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.RegisteredModel;
import coldstream.wire.RegisteredModel.Alias;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Rows as clients see them. */
public final class Views {

    private Views() {}

    public static ModelTable.Row requireModel(Handle handle, String name) {
        return ModelTable.find(handle, name)
                .orElseThrow(() -> Refusal.RESOURCE_DOES_NOT_EXIST.because("the model must exist, got " + name));
    }

    public static VersionRow requireVersion(Handle handle, String model, String version) {
        requireModel(handle, model);
        return VersionTable.find(handle, model, Names.version(version))
                .orElseThrow(() -> Refusal.RESOURCE_DOES_NOT_EXIST.because(
                        "the version of " + model + " must exist, got " + version));
    }

    public static RegisteredModel model(Handle handle, ModelTable.Row row) {
        return new RegisteredModel(
                row.name(),
                row.createdAt(),
                row.updatedAt(),
                "",
                row.description(),
                versions(handle, VersionTable.latest(handle, row.name())),
                ModelTable.tags(handle, row.name()),
                ModelTable.aliases(handle, row.name()));
    }

    public static ModelVersion version(Handle handle, VersionRow row) {
        return version(
                row, VersionTable.tags(handle, row.model(), row.version()), ModelTable.aliases(handle, row.model()));
    }

    /** Many at once, whose tags and aliases are read together. */
    public static List<ModelVersion> versions(Handle handle, List<VersionRow> rows) {
        Map<String, Map<Integer, List<Tag>>> tags = new HashMap<>();
        Map<String, List<Alias>> aliases = new HashMap<>();
        for (VersionRow row : rows) {
            tags.computeIfAbsent(row.model(), model -> VersionTable.tags(handle, model));
            aliases.computeIfAbsent(row.model(), model -> ModelTable.aliases(handle, model));
        }
        return rows.stream()
                .map(row -> version(
                        row,
                        tags.getOrDefault(row.model(), Map.of()).getOrDefault(row.version(), List.of()),
                        aliases.getOrDefault(row.model(), List.of())))
                .toList();
    }

    /** Tags by key. */
    public static Map<String, String> map(List<Tag> tags) {
        Map<String, String> map = new TreeMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value()));
        return map;
    }

    private static ModelVersion version(VersionRow row, List<Tag> written, List<Alias> aliases) {
        List<Tag> tags = new ArrayList<>(written);
        tags.add(new Tag(ModelVersion.SNAPSHOT_TAG, row.snapshotId()));
        String version = Integer.toString(row.version());
        return new ModelVersion(
                row.model(),
                version,
                row.createdAt(),
                row.updatedAt(),
                "",
                row.stage(),
                row.description(),
                row.source(),
                row.runId(),
                row.runLink(),
                Status.READY,
                row.stored() ? Optional.empty() : Optional.of("its files are no longer kept"),
                tags,
                aliases.stream()
                        .filter(alias -> alias.version().equals(version))
                        .map(Alias::alias)
                        .toList());
    }
}
