package coldstream.registry.events;

import static coldstream.domain.Check.check;

import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The key under which secrets are kept in the database.
 *
 * @param key in base64, if it is not in the file
 * @param file it is read from, and made in where there is none
 */
public record SealConfig(Optional<Secret> key, Path file) {

    static final Setting<Optional<Secret>> KEY = Setting.ofSecret(
            "registry.secrets-key", "32 bytes in base64 under which webhooks' secrets are kept in the database");
    static final Setting<Optional<String>> FILE = Setting.ofOptionalString(
            "registry.secrets-key-file",
            "file of that key where the setting has none; made at the first start; empty for registry/secrets.key below data-directory");

    public static final List<Setting<?>> SETTINGS = List.of(KEY, FILE);

    /** @param folder of the file unless the setting names one */
    public static SealConfig from(Settings settings, Path folder) {
        return new SealConfig(
                settings.get(KEY), settings.get(FILE).map(Path::of).orElseGet(() -> folder.resolve("secrets.key")));
    }

    /**
     * Reads the key, and makes one where there is none.
     *
     * @throws UncheckedIOException if the file can be neither read nor made
     */
    public Seal seal() {
        return new Seal(decoded(key.map(Secret::reveal).orElseGet(this::fromFile)));
    }

    private String fromFile() {
        try {
            if (!Files.exists(file)) {
                make();
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("registry.secrets-key-file must be readable, got " + file, e);
        }
    }

    private void make() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] made = new byte[Seal.KEY_BYTES];
        new SecureRandom().nextBytes(made);
        try {
            boolean posix =
                    Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
            if (posix) {
                var owner = PosixFilePermissions.fromString("rw-------");
                Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
            } else {
                Files.createFile(file);
            }
            Files.writeString(file, Base64.getEncoder().encodeToString(made) + "\n", StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            // another process made it a moment ago
        }
    }

    private static byte[] decoded(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("registry.secrets-key must be base64", e);
        }
        check(
                bytes.length == Seal.KEY_BYTES,
                "registry.secrets-key must have %d bytes, got %d",
                Seal.KEY_BYTES,
                bytes.length);
        return bytes;
    }
}
