package coldstream.trainer.judge;

import coldstream.domain.Evidence;
import coldstream.domain.SnapshotManifest;
import coldstream.model.Ranker;
import coldstream.wire.Comparison;
import coldstream.wire.FolderDeletion;
import coldstream.wire.PromotionClient;
import coldstream.wire.RegistryClient;
import coldstream.wire.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The model registry. A version's files are fetched into a folder of the judge's own and go once they are read. */
public final class RegistryTribunal implements Tribunal {

    private final RegistryClient registry;
    private final PromotionClient promotion;
    private final String model;
    private final Path folder;

    /** @param folder nobody else writes to; emptied now */
    public RegistryTribunal(RegistryClient registry, PromotionClient promotion, String model, Path folder) {
        this.registry = registry;
        this.promotion = promotion;
        this.model = model;
        this.folder = folder;
        FolderDeletion.delete(folder);
    }

    @Override
    public List<Comparison> comparisons() {
        try {
            return promotion.comparisons(model);
        } catch (RegistryException.Refused e) {
            if (e.nothingThere()) {
                return List.of(); // the first snapshot makes the model
            }
            throw e;
        }
    }

    @Override
    public Contestant load(String version) {
        Path files = folder.resolve(version);
        try {
            Files.createDirectories(folder);
            SnapshotManifest manifest = registry.download(model, version, files);
            return new RankedContestant(Ranker.ofFew(files), manifest.offsets());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        } finally {
            FolderDeletion.delete(files);
        }
    }

    @Override
    public void submit(List<Evidence> evidence) {
        promotion.post(model, evidence);
    }
}
