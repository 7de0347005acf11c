package coldstream.app.evaluate.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Results of finished jobs, a file each, so that a long evaluation that was stopped goes on where it was. */
final class KeptResults {

    private final Optional<Path> folder;

    /** @param folder where they are; empty to keep none */
    KeptResults(Optional<Path> folder) {
        this.folder = folder;
    }

    Optional<JsonNode> find(Job job) {
        return folder.map(kept -> file(kept, job)).filter(Files::exists).map(file -> {
            try {
                return Messages.read(Files.readString(file), JsonNode.class);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        });
    }

    /** Replaced whole, so that a reader never sees half of one. */
    void keep(Job job, JsonNode result) throws IOException {
        if (folder.isPresent()) {
            Files.createDirectories(folder.get());
            Path fresh = Files.createTempFile(folder.get(), ".result-", ".json");
            Files.writeString(fresh, Messages.line(result));
            Files.move(
                    fresh,
                    file(folder.get(), job),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Path file(Path folder, Job job) {
        return folder.resolve(new ContentHash().add(job.identity()).hex().substring(0, 32) + ".json");
    }
}
