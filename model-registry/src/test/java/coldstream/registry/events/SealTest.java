package coldstream.registry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.registry.RegistryConfigs;
import coldstream.registry.store.Database;
import coldstream.registry.store.Store;
import coldstream.registry.store.WebhookEvent;
import coldstream.registry.store.WebhookTable;
import coldstream.service.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {

    private static final Secret SECRET = new Secret("s3cret");

    private final Path folder;

    SealTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static Seal of(int first) {
        byte[] key = new byte[Seal.KEY_BYTES];
        Arrays.fill(key, (byte) first);
        return new Seal(key);
    }

    @Test
    void opensForItsOwnerUnderItsKeyAndForNobodyElse() {
        String sealed = of(1).seal(SECRET, "hook-1");

        assertThat(sealed).doesNotContain("s3cret");
        assertThat(of(1).open(sealed, "hook-1")).contains(SECRET);
        assertThat(of(1).open(sealed, "hook-2")).isEmpty();
        assertThat(of(2).open(sealed, "hook-1")).isEmpty();
        assertThat(of(1).seal(SECRET, "hook-1")).as("no two look alike").isNotEqualTo(sealed);
    }

    @Test
    void aTextThatWasChangedOrCutOpensNothing() {
        String sealed = of(1).seal(SECRET, "hook");
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(sealed.indexOf(':') + 1));
        bytes[bytes.length - 1] ^= 1;
        String changed = sealed.substring(0, sealed.indexOf(':') + 1)
                + Base64.getEncoder().encodeToString(bytes);

        assertThat(of(1).open(changed, "hook")).isEmpty();
        assertThat(of(1).open(sealed.substring(0, 14), "hook")).isEmpty();
        assertThat(of(1).open("sealed-1:not base64", "hook")).isEmpty();
    }

    @Test
    void aKeyIsMadeOnceForItsOwnerAlone() throws IOException {
        var config = new SealConfig(Optional.empty(), folder.resolve("deep/secrets.key"));

        String sealed = config.seal().seal(SECRET, "hook");

        assertThat(config.seal().open(sealed, "hook")).contains(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        var config = new SealConfig(Optional.of(new Secret("AAAA")), folder.resolve("unused"));

        assertThatThrownBy(config::seal).hasMessage("registry.secrets-key must have 32 bytes, got 3");
    }

    @Test
    void whatAnEarlierRegistryStoredIsSealedOnce() {
        try (Database database = Database.open(RegistryConfigs.database(folder))) {
            var store = new Store(database.jdbi());
            var row = new WebhookTable.Row(
                    "hook",
                    "name",
                    "",
                    "https://example.com/",
                    List.of(WebhookEvent.MODEL_VERSION_CREATED),
                    Optional.of("s3cret"),
                    WebhookTable.Status.ACTIVE,
                    1,
                    1);
            store.change(handle -> WebhookTable.put(handle, row));

            of(1).adopt(store);
            String sealed = stored(store);
            of(1).adopt(store);

            assertThat(of(1).open(sealed, "hook")).contains(SECRET);
            assertThat(stored(store)).isEqualTo(sealed);
        }
    }

    private static String stored(Store store) {
        return store.read(handle -> WebhookTable.find(handle, "hook"))
                .flatMap(WebhookTable.Row::secret)
                .orElseThrow();
    }
}
