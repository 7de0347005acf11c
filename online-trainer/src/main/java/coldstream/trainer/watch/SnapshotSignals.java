package coldstream.trainer.watch;

import coldstream.monitor.Reference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a snapshot that says what it learnt from. */
public final class SnapshotSignals {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotSignals.class);

    private SnapshotSignals() {}

    /** Empty for a snapshot from before this was written, and for one of another format. */
    public static Optional<Reference> read(Path snapshot) {
        Path file = snapshot.resolve(Reference.FILE);
        try {
            return Files.exists(file) ? Optional.of(Reference.read(Files.readAllBytes(file))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", e.getMessage())
                    .log("what was learnt is seen anew");
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Writes it. */
    public static void write(Path snapshot, byte[] learnt) {
        Path file = snapshot.resolve(Reference.FILE);
        try {
            Files.write(file, learnt);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
