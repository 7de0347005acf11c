package coldstream.trainer.watch;

import coldstream.monitor.Reference;
import coldstream.wire.RegistryClient;
import coldstream.wire.RegistryPaths;
import java.util.Optional;

/** The model registry. */
public final class RegistryChampion implements ChampionSource {

    private final RegistryClient registry;
    private final String model;

    public RegistryChampion(RegistryClient registry, String model) {
        this.registry = registry;
        this.model = model;
    }

    @Override
    public Optional<String> champion() {
        return registry.alias(model, RegistryPaths.CHAMPION);
    }

    @Override
    public Optional<byte[]> reference(String version) {
        return registry.file(model, version, Reference.FILE, Reference.MOST_BYTES);
    }
}
