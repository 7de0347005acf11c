package coldstream.serving;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The version that answers. A request holds a lease on it and ends on the version it began with. */
public final class CurrentVersion implements AutoCloseable {

    private final AtomicReference<@Nullable LoadedVersion> current = new AtomicReference<>();

    /** The right to use a version; close it when the answer is made. */
    public static final class Lease implements AutoCloseable {

        private final LoadedVersion version;

        private Lease(LoadedVersion version) {
            this.version = version;
        }

        public LoadedVersion version() {
            return version;
        }

        @Override
        public void close() {
            version.release();
        }
    }

    /** The version as of now, if there is one. */
    public Optional<Lease> lease() {
        while (true) {
            LoadedVersion version = current.get();
            if (version == null) {
                return Optional.empty();
            }
            if (version.acquire()) {
                return Optional.of(new Lease(version));
            }
            // It was retired between the two lines: there is another one by now, or none.
            Thread.onSpinWait();
        }
    }

    /** For looking, not for answering: it may be retired at any moment. */
    public Optional<LoadedVersion> peek() {
        return Optional.ofNullable(current.get());
    }

    /** New requests go to {@code next}; what runs on the old one ends there. */
    public void swap(LoadedVersion next) {
        LoadedVersion before = current.getAndSet(next);
        if (before != null) {
            before.release();
        }
    }

    @Override
    public void close() {
        LoadedVersion before = current.getAndSet(null);
        if (before != null) {
            before.release();
        }
    }
}
