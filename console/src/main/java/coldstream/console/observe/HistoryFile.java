package coldstream.console.observe;

import static coldstream.domain.Check.check;

import coldstream.wire.Json;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The series of one model in a file: JSON, gzipped, written whole and moved into place.
 *
 * <p>Nothing else depends on it. One that cannot be read, or written, is said once, and the console goes on without.
 */
public final class HistoryFile {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);

    /** Far more than the bounded series come to. */
    private static final int MAX_BYTES = 256 << 20;

    /** What was not known is left out of the file, so that reading must allow for it. */
    private static final JsonMapper JSON = Json.mapper()
            .rebuild()
            .disable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final Path file;
    private final String model;
    private boolean failing;

    /** @param folder made when it is first written to */
    public HistoryFile(Path folder, String model) {
        this.file = folder.resolve(URLEncoder.encode(model, StandardCharsets.UTF_8) + ".history.json.gz");
        this.model = model;
    }

    /** What was written last; empty if there is nothing that can be read. */
    public Optional<History> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] body = in.readNBytes(MAX_BYTES);
            check(body.length < MAX_BYTES, "a history must be less than %d bytes", MAX_BYTES);
            History history = JSON.readValue(body, History.class);
            check(history.format() == History.FORMAT, "format must be %d, got %d", History.FORMAT, history.format());
            check(history.model().equals(model), "model must be %s, got %s", model, history.model());
            return Optional.of(history);
        } catch (IOException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", String.valueOf(e.getMessage()))
                    .log("the series of before cannot be read; they begin anew");
            return Optional.empty();
        }
    }

    /** Replaces what was written before. */
    public synchronized void write(History history) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(fresh))) {
                out.write(Json.write(history));
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("why", e.toString())
                        .log("the series cannot be kept; a restart begins anew");
            }
            failing = true;
        }
    }
}
