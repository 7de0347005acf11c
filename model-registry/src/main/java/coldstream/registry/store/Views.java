package coldstream.registry.store;

import coldstream.wire.ModelVersion;
import coldstream.wire.ModelVersion.Status;
import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.RegisteredModel;
import coldstream.wire.RegisteredModel.Alias;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                VersionTable.latest(handle, row.name()).stream()
                        .map(version -> version(handle, version))
                        .toList(),
                ModelTable.tags(handle, row.name()),
                ModelTable.aliases(handle, row.name()));
    }

    public static ModelVersion version(Handle handle, VersionRow row) {
        List<Tag> tags = new ArrayList<>(VersionTable.tags(handle, row.model(), row.version()));
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
                ModelTable.aliases(handle, row.model()).stream()
                        .filter(alias -> alias.version().equals(version))
                        .map(Alias::alias)
                        .toList());
    }
}
