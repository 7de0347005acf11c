package coldstream.trainer.watch;

import coldstream.monitor.Alarm;
import coldstream.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alarms that are open, on this disk, so that a restart raises none of them again. */
final class OpenAlarms {

    private static final Logger LOG = LoggerFactory.getLogger(OpenAlarms.class);
    private static final String NAME = "open-alarms.json";

    private final Path folder;

    /** What the file holds. */
    private record Content(List<Alarm> alarms) {}

    OpenAlarms(Path folder) {
        this.folder = folder;
    }

    /** Those of the last {@link #write}; none where there is no such file, or it cannot be read. */
    List<Alarm> read() {
        Path file = folder.resolve(NAME);
        try {
            return Files.exists(file)
                    ? Json.read(Files.readAllBytes(file), Content.class).alarms()
                    : List.of();
        } catch (IOException | SerializationException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", e.toString())
                    .log("open alarms are forgotten");
            return List.of();
        }
    }

    void write(List<Alarm> alarms) {
        Path part = folder.resolve(NAME + ".part");
        try {
            Files.createDirectories(folder);
            Files.write(part, Json.write(new Content(alarms)));
            Files.move(part, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        }
    }
}
