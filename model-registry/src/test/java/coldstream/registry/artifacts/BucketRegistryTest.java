package coldstream.registry.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.registry.RunningRegistry;
import coldstream.registry.S3Server;
import coldstream.registry.Snapshots;
import coldstream.wire.RegistryClient;
import coldstream.wire.RegistryException;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole registry whose files are in a bucket. */
@Tag("integration")
class BucketRegistryTest {

    @Test
    void versionsComeFromTheBucketAndLeaveIt(@TempDir Path folder) throws IOException {
        try (S3Server server = S3Server.start(folder);
                var registry = RunningRegistry.start(
                        folder.resolve("data"),
                        Map.of(
                                "registry.keep-versions", "1",
                                "registry.promote", "false",
                                "registry.s3-bucket", "models",
                                "registry.s3-prefix", "ctr/",
                                "registry.s3-endpoint", server.endpoint().toString(),
                                "registry.s3-access-key", S3Server.ACCESS_KEY,
                                "registry.s3-secret-key", S3Server.SECRET_KEY))) {
            RegistryClient client = registry.client();
            Path last = folder;
            for (int i = 1; i <= 3; i++) {
                last = Snapshots.write(folder.resolve("s" + i), "content " + i, 0.8);
                client.publish("ctr", last);
            }

            client.download("ctr", "3", folder.resolve("copy"));

            assertThat(SnapshotFolder.id(folder.resolve("copy"))).isEqualTo(SnapshotFolder.id(last));
            try (Stream<Path> kept = Files.list(server.folder().resolve("ctr"))) {
                assertThat(kept).hasSize(1);
            }
            Path dense = server.folder().resolve("ctr/" + SnapshotFolder.id(last) + "/dense.safetensors");
            Files.writeString(dense, "CONTENT 3");
            assertThatThrownBy(() -> client.download("ctr", "3", folder.resolve("other")))
                    .isInstanceOf(RegistryException.Corrupt.class)
                    .hasMessageContaining("dense.safetensors must have sha256");
        }
    }
}
