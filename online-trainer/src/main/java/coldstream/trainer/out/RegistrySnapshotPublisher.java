package coldstream.trainer.out;

import coldstream.wire.RegistryClient;
import coldstream.wire.RegistryException;
import coldstream.wire.RegistryPaths;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Publishes to the model registry under one model's name. */
public final class RegistrySnapshotPublisher implements SnapshotPublisher {

    private final RegistryClient registry;
    private final String model;

    public RegistrySnapshotPublisher(RegistryClient registry, String model) {
        this.registry = registry;
        this.model = model;
    }

    @Override
    public String publish(Path snapshot) {
        return asking(() -> registry.publish(model, snapshot));
    }

    @Override
    public Optional<String> fetchNewest(Path folder) {
        return asking(() -> {
            Optional<String> newest = registry.alias(model, RegistryPaths.CHALLENGER);
            newest.ifPresent(version -> registry.download(model, version, folder));
            return newest;
        });
    }

    private static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (RegistryException.Unavailable e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
