package coldstream.console.deadletter;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as people read them: the text where they are one, else base64; of long ones the beginning.
 *
 * @param encoding {@code text}, {@code base64} or {@code none} for nothing at all
 * @param bytes there are in all
 * @param truncated whether {@code text} is only the beginning
 */
public record Content(String encoding, String text, int bytes, boolean truncated) {

    private static final Content NONE = new Content("none", "", 0, false);
    private static final int LONGEST_CHARACTER = 4;

    /** @param most bytes that are shown */
    static Content of(byte @Nullable [] bytes, int most) {
        if (bytes == null) {
            return NONE;
        }
        boolean cut = bytes.length > most;
        byte[] shown = cut ? Arrays.copyOf(bytes, most) : bytes;
        String text = text(shown, cut);
        return text == null
                ? new Content("base64", Base64.getEncoder().encodeToString(shown), bytes.length, cut)
                : new Content("text", text, bytes.length, cut);
    }

    /** Null if it is no text of UTF-8; a character that was cut in two is left out. */
    private static @Nullable String text(byte[] bytes, boolean cut) {
        for (int less = 0; less < (cut ? LONGEST_CHARACTER : 1) && less <= bytes.length; less++) {
            @Nullable CharBuffer text = decoded(bytes, bytes.length - less);
            if (text != null) {
                boolean readable = text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
                return readable ? text.toString() : null;
            }
        }
        return null;
    }

    private static @Nullable CharBuffer decoded(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length));
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
