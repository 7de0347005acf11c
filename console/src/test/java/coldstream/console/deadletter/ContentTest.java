package coldstream.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ContentTest {

    @Test
    void aTextIsShownAsOne() {
        assertThat(Content.of("{\"a\":\"ö\"}\n".getBytes(StandardCharsets.UTF_8), 100))
                .isEqualTo(new Content("text", "{\"a\":\"ö\"}\n", 11, false));
        assertThat(Content.of(null, 100)).isEqualTo(new Content("none", "", 0, false));
        assertThat(Content.of(new byte[0], 100)).isEqualTo(new Content("text", "", 0, false));
    }

    @Test
    void whatIsNoTextIsShownInBase64() {
        byte[] control = {'a', 7, 'b'};
        byte[] malformed = {(byte) 0xc3, 'x'};

        assertThat(Content.of(control, 100).encoding()).isEqualTo("base64");
        assertThat(Base64.getDecoder().decode(Content.of(malformed, 100).text()))
                .isEqualTo(malformed);
    }

    @Test
    void ofALongOneTheBeginningIsShownWithoutHalfACharacter() {
        String text = "aö€😀".repeat(100);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int most = 1; most < 60; most++) {
            Content content = Content.of(bytes, most);

            assertThat(content.encoding()).as("%d", most).isEqualTo("text");
            assertThat(content.truncated()).isTrue();
            assertThat(content.bytes()).isEqualTo(bytes.length);
            assertThat(text).startsWith(content.text());
            assertThat(content.text().getBytes(StandardCharsets.UTF_8).length).isBetween(most - 3, most);
        }
    }

    @Test
    void anIdIsReadAsItIsWritten() {
        LetterId id = new LetterId("a-b.c.v1.dlq", 3, 17);

        assertThat(LetterId.of(id.toString())).isEqualTo(id);
        assertThatThrownBy(() -> LetterId.of("nothing")).hasMessageContaining("topic-partition-offset");
        assertThatThrownBy(() -> LetterId.of("a/b-0-1")).isInstanceOf(IllegalArgumentException.class);
    }
}
