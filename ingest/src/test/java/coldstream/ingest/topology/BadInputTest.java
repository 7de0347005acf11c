package coldstream.ingest.topology;

import static coldstream.ingest.topology.Flow.NOON;
import static coldstream.ingest.topology.Flow.event;
import static coldstream.ingest.topology.Flow.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Sample;
import coldstream.ingest.topology.TopologyConfig.UnknownItems;
import coldstream.wire.EventWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BadInputTest {

    private final List<String> died = new ArrayList<>();
    private final Flow flow = new Flow(TopologyConfig.defaults(Flow.TOPICS), new Watcher() {
        @Override
        public void died(String reason) {
            died.add(reason);
        }
    });

    @AfterEach
    void close() {
        flow.close();
    }

    @Test
    void aDeadLetterIsTheOriginalWithTheReason() {
        byte[] value = {'{', (byte) 0xff, 0};
        var headers = new RecordHeaders().add("trace", "abc".getBytes(UTF_8));
        flow.send(new TestRecord<>("ann".getBytes(UTF_8), value, headers, NOON));

        assertThat(flow.dead()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("ann".getBytes(UTF_8));
            assertThat(letter.value()).isEqualTo(value);
            assertThat(header(letter, "trace")).isEqualTo("abc");
            assertThat(header(letter, "__streams.errors.exception")).endsWith("UNPARSABLE");
            assertThat(header(letter, "__streams.errors.message")).startsWith("an event must be JSON");
            assertThat(header(letter, "__streams.errors.topic")).isEqualTo("coldstream.interactions.v1");
            assertThat(header(letter, "__streams.errors.partition")).isEqualTo("0");
            assertThat(header(letter, "__streams.errors.offset")).isEqualTo("0");
        });
        assertThat(died).containsExactly("unparsable");
        assertThat(flow.account()).returns(1L, Account::rejected).returns(true, Account::settled);
    }

    @Test
    void aRecordWithoutKeyAndValueIsADeadLetterToo() {
        flow.send(new TestRecord<>(null, null, NOON));

        assertThat(flow.dead()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isNull();
            assertThat(letter.value()).isNull();
        });
    }

    @Test
    void anEventWithoutAKeyIsSentAgainUnderItsUser() {
        flow.announce("film");
        flow.send(new TestRecord<>(null, EventWriter.write(event("e", "click", "ann", "film", NOON)), NOON));

        assertThat(flow.samples()).hasSize(1);
    }

    @Test
    void anEventOfAnUnknownItemWaitsForItAndThenCounts() {
        flow.click("ann", "film", NOON);
        assertThat(flow.samples()).isEmpty();
        assertThat(flow.account()).returns(1L, Account::waiting).returns(false, Account::settled);

        flow.announce("film");

        assertThat(flow.samples()).hasSize(1);
        assertThat(flow.account()).returns(1L, Account::accepted).returns(true, Account::settled);
    }

    @Test
    void anEventOfAnItemThatNeverComesEndsInTheDeadLettersAsItCame() {
        var headers = new RecordHeaders().add("trace", "abc".getBytes(UTF_8));
        byte[] value = EventWriter.write(event("e", "click", "ann", "film", NOON));
        flow.send(new TestRecord<>("ann".getBytes(UTF_8), value, headers, NOON));
        flow.pass(Duration.ofSeconds(9));
        assertThat(flow.dead()).isEmpty();

        flow.pass(Duration.ofSeconds(3));

        assertThat(flow.dead()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("ann".getBytes(UTF_8));
            assertThat(letter.value()).isEqualTo(value);
            assertThat(header(letter, "trace")).isEqualTo("abc");
            assertThat(header(letter, "__streams.errors.message"))
                    .isEqualTo("item_id must name an item announced within 10s, got film");
        });
        assertThat(flow.account()).returns(1L, Account::rejected).returns(true, Account::settled);
        assertThat(died).containsExactly("unknown_item");
    }

    @Test
    void anEventWaitsOnWhileOlderItemsAreStillBeingWorkedOff() {
        byte[] value = EventWriter.write(event("e", "click", "ann", "film", NOON));
        flow.send(new TestRecord<>("ann".getBytes(UTF_8), value, NOON.plusSeconds(5)));
        for (int i = 0; i < 30; i++) {
            flow.announce("item" + i); // ingested at noon, before the event
            flow.pass(Duration.ofSeconds(5));
        }
        assertThat(flow.dead()).isEmpty();

        flow.announce("film");

        assertThat(flow.samples()).hasSize(1);
    }

    @Test
    void whereUnknownItemsAreAcceptedTheyCountAtOnce() {
        try (Flow accepting = new Flow(Flow.unknownItems(UnknownItems.ACCEPT))) {
            accepting.click("ann", "film", NOON);

            assertThat(accepting.samples()).extracting(Sample::itemCount).containsExactly(0L);
            assertThat(accepting.account().entries()).containsEntry("accepted.unknown_item", 1L);
        }
    }

    @Test
    void aBadItemIsADeadLetterOfTheItems() {
        flow.describe(new TestRecord<>("film".getBytes(UTF_8), "{\"title\":5}".getBytes(UTF_8), NOON));

        assertThat(flow.deadItems()).singleElement().satisfies(letter -> assertThat(
                        header(letter, "__streams.errors.message"))
                .isEqualTo("item_id is missing"));
        assertThat(flow.account().entries()).containsEntry("items.rejected", 1L);
    }

    @Test
    void aRetiredItemStaysKnownToEventsThatComeLate() {
        flow.announce("film");
        flow.describe(new TestRecord<>("film".getBytes(UTF_8), null, NOON));
        flow.click("ann", "film", NOON);

        assertThat(flow.samples()).hasSize(1);
        assertThat(flow.account().entries()).containsEntry("items.retired", 1L);
    }
}
