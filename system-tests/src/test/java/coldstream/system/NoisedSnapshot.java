package coldstream.system;

import coldstream.domain.SnapshotManifest;
import coldstream.wire.Json;
import coldstream.wire.SnapshotFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Breaks a snapshot so that nothing but its predictions tells: every weight is noise, and the manifest is right. */
final class NoisedSnapshot {

    private NoisedSnapshot() {}

    static void make(Path folder) throws IOException {
        for (String name : List.of("rows.safetensors", "dense.safetensors")) {
            noise(folder.resolve(name));
        }
        Path manifest = folder.resolve(SnapshotManifest.FILE_NAME);
        ObjectNode json = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(manifest));
        json.set("files", Json.mapper().valueToTree(SnapshotFolder.digests(folder)));
        Files.write(manifest, Json.mapper().writeValueAsBytes(json));
        SnapshotFolder.verify(folder);
    }

    /** Replaces every tensor of floats in a safetensors file. */
    private static void noise(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong(0);
        var random = new Random(9);
        for (JsonNode tensor : Json.mapper().readTree(bytes.array(), 8, header)) {
            if (tensor.path("dtype").asText().equals("F32")) {
                int begin = 8 + header + tensor.path("data_offsets").path(0).asInt();
                int end = 8 + header + tensor.path("data_offsets").path(1).asInt();
                for (int at = begin; at < end; at += Float.BYTES) {
                    bytes.putFloat(at, (float) (0.5 * random.nextGaussian()));
                }
            }
        }
        Files.write(file, bytes.array());
    }
}
