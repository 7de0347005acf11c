package coldstream.serving;

import coldstream.domain.SnapshotManifest;
import coldstream.serving.SnapshotCache.Last;
import coldstream.serving.canary.AliasFollower;
import coldstream.wire.ModelVersion;
import coldstream.wire.RegistryClient;
import java.nio.file.Path;
import java.util.Optional;

/** Versions beside the champion, by alias: where they come from and how they are made ready. */
final class Beside implements AliasFollower.Source {

    private final RegistryClient registry;
    private final String model;
    private final String alias;
    private final CurrentVersion champion;
    private final RankingModel.Loader loader;
    private final SnapshotCache cache;

    /** @param folder for the snapshots of this alias */
    Beside(
            RegistryClient registry,
            String model,
            String alias,
            CurrentVersion champion,
            RankingModel.Loader loader,
            Path folder) {
        this.registry = registry;
        this.model = model;
        this.alias = alias;
        this.champion = champion;
        this.loader = loader;
        cache = new SnapshotCache(folder);
    }

    @Override
    public Optional<ModelVersion> look() {
        return registry.aliased(model, alias).filter(version -> champion.peek()
                .filter(answers -> answers.version().equals(version.version()))
                .isEmpty());
    }

    @Override
    public LoadedVersion load(ModelVersion version) {
        String id = ChampionFollower.id(version);
        Path folder = cache.snapshot(id);
        SnapshotManifest manifest = registry.download(model, version.version(), folder);
        RankingModel loaded = loader.load(folder);
        try {
            LoadedVersion ready = new LoadedVersion(version.version(), id, manifest, loaded);
            cache.answers(new Last(version.version(), id));
            return ready;
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }
}
