package coldstream.trainer.out;

import java.nio.file.Path;
import java.util.Optional;

/** Where snapshots become versions. */
public interface SnapshotPublisher {

    /** Whether trying again later may help. */
    final class UnavailableException extends RuntimeException {

        private static final long serialVersionUID = 1;

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Makes a version of a snapshot; the same snapshot again gives the same version.
     *
     * @throws UnavailableException if it may succeed later
     */
    String publish(Path snapshot);

    /**
     * Fetches the newest version into a folder that does not exist yet.
     *
     * @return the version; empty, and no folder, if there is none
     * @throws UnavailableException if it may succeed later
     */
    Optional<String> fetchNewest(Path folder);
}
