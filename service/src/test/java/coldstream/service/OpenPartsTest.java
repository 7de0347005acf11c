package coldstream.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {

    private final OpenParts parts = new OpenParts();
    private final List<String> closed = new ArrayList<>();

    @Test
    void theLastOpenedIsClosedFirst() {
        open("connection");
        open("server");

        parts.close();

        assertThat(closed).containsExactly("server", "connection");
    }

    @Test
    void whatFailsToCloseKeepsNothingElseOpen() {
        open("connection");
        parts.opened((AutoCloseable) () -> {
            throw new IllegalStateException("the disk is full");
        });

        parts.close();

        assertThat(closed).containsExactly("connection");
    }

    @Test
    void nothingIsClosedTwice() {
        open("connection");

        parts.close();
        parts.close();

        assertThat(closed).containsExactly("connection");
    }

    private void open(String name) {
        parts.opened((AutoCloseable) () -> closed.add(name));
    }
}
