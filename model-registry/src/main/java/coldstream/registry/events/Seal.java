package coldstream.registry.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.registry.store.Store;
import coldstream.registry.store.WebhookTable;
import coldstream.service.Secret;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps secrets unreadable where they are stored: AES-256-GCM under a key that is kept elsewhere. What is sealed for one owner
 * opens for no other. Thread-safe.
 */
public final class Seal {

    private static final Logger LOG = LoggerFactory.getLogger(Seal.class);

    /** Bytes of a key. */
    static final int KEY_BYTES = 32;

    private static final String FORMAT = "sealed-1:";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /** @param key of {@value #KEY_BYTES} bytes */
    Seal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** A text that says nothing without the key: format, nonce, then what AES made of it, in base64. */
    public String seal(Secret secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner)
                    .doFinal(secret.reveal().getBytes(UTF_8));
            byte[] whole = new byte[nonce.length + sealed.length];
            System.arraycopy(nonce, 0, whole, 0, nonce.length);
            System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
            return FORMAT + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + CIPHER, e);
        }
    }

    /** The secret; empty where the text was changed, or sealed for another owner or under another key. */
    public Optional<Secret> open(String text, String owner) {
        try {
            byte[] whole = Base64.getDecoder().decode(text.substring(FORMAT.length()));
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            byte[] secret =
                    cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            return Optional.of(new Secret(new String(secret, UTF_8)));
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Seals what an earlier registry stored as it was, and says what does not open under this key. */
    public void adopt(Store store) {
        store.change(handle -> WebhookTable.secrets(handle).forEach((id, text) -> {
            if (!text.startsWith(FORMAT)) {
                WebhookTable.setSecret(handle, id, seal(new Secret(text), id));
            } else if (open(text, id).isEmpty()) {
                LOG.atWarn().addKeyValue("webhook", id).log("its secret does not open with registry.secrets-key");
            }
        }));
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(UTF_8));
        return cipher;
    }
}
