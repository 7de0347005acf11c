package coldstream.ingest.topology;

import static coldstream.ingest.topology.Flow.NOON;
import static coldstream.ingest.topology.Flow.answer;
import static coldstream.ingest.topology.Flow.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.wire.EventWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IngestTopologyTest {

    private final Flow flow = new Flow();

    @AfterEach
    void close() {
        flow.close();
    }

    @Test
    void aSampleKnowsItsUserAndItemAsOfBeforeTheEvent() {
        flow.announce("film", "book");
        flow.click("ann", "film", NOON);
        flow.click("ann", "book", NOON.plusSeconds(1));
        flow.click("bob", "film", NOON.plusSeconds(2));

        assertThat(flow.samples())
                .extracting(Sample::history, Sample::userCount, Sample::itemCount, Sample::cold)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(java.util.List.of(), 0L, 0L, true),
                        org.assertj.core.groups.Tuple.tuple(java.util.List.of(new ItemId("film")), 1L, 0L, true),
                        org.assertj.core.groups.Tuple.tuple(java.util.List.of(), 0L, 1L, true));
    }

    @Test
    void aLateEventDoesNotSeeWhatHappenedAfterIt() {
        flow.announce("film", "book");
        flow.click("ann", "film", NOON.plusSeconds(60));
        flow.click("ann", "film", NOON);

        assertThat(flow.samples()).last().satisfies(late -> {
            assertThat(late.history()).isEmpty();
            assertThat(late.userCount()).isZero();
            assertThat(late.itemCount()).isZero();
        });
    }

    @Test
    void aLateEventTakesItsPlaceInTheHistory() {
        flow.announce("first", "second", "third");
        flow.click("ann", "second", NOON.plusSeconds(60));
        flow.click("ann", "first", NOON);
        flow.click("ann", "third", NOON.plusSeconds(90));

        assertThat(flow.samples())
                .last()
                .extracting(Sample::history)
                .isEqualTo(java.util.List.of(new ItemId("first"), new ItemId("second")));
    }

    @Test
    void ofTwoEventsAtTheSameTimeTheOneThatArrivedFirstCameFirst() {
        flow.announce("first", "second");
        flow.click("ann", "first", NOON);
        flow.click("ann", "second", NOON);

        assertThat(flow.samples()).extracting(sample -> sample.history().size()).containsExactly(0, 1);
    }

    @Test
    void theHistoryKeepsTheLatestFifty() {
        flow.announce("i0");
        IntStream.range(0, 120).forEach(i -> {
            flow.announce("i" + i);
            flow.click("ann", "i" + i, NOON.plus(Duration.ofHours(i)).minus(Duration.ofDays(30)));
        });

        assertThat(flow.samples()).last().satisfies(sample -> {
            assertThat(sample.history()).hasSize(50).endsWith(new ItemId("i118"));
            assertThat(sample.userCount()).isEqualTo(119);
            assertThat(sample.cold()).isFalse();
        });
    }

    @Test
    void anEventSentTwiceCountsOnce() {
        flow.announce("film");
        flow.send(event("same", "click", "ann", "film", NOON));
        flow.send(event("same", "click", "ann", "film", NOON.plusSeconds(9)));

        assertThat(flow.samples()).hasSize(1);
        assertThat(flow.account().duplicates()).isEqualTo(1);
        assertThat(flow.account().settled()).isTrue();
    }

    @Test
    void theSameIdFromAnotherSourceIsAnotherEvent() {
        flow.announce("film");
        flow.send(event("same", "click", "ann", "film", NOON));
        flow.sendRaw("ann", """
                {"event_id":"same","type":"click","user_id":"ann","item_id":"film","timestamp":"2026-01-01T12:00:00Z"}""".getBytes(UTF_8));

        assertThat(flow.samples()).extracting(Sample::sampleId).containsExactly("test|same", "default|same");
    }

    @Test
    void aRecordUnderTheWrongKeyIsSentAgainUnderItsUser() {
        flow.announce("film");
        flow.sendRaw("somebody else", EventWriter.write(event("e", "click", "ann", "film", NOON)));

        assertThat(flow.samples()).extracting(sample -> sample.user().value()).containsExactly("ann");
        assertThat(flow.account())
                .returns(2L, Account::read)
                .returns(1L, Account::rekeyed)
                .returns(1L, Account::accepted)
                .returns(true, Account::settled);
    }

    @Test
    void theIngestTimeOfARecordSentAgainIsThatOfItsFirstArrival() {
        flow.announce("film");
        Instant arrival = NOON.plusSeconds(77);
        flow.send(new TestRecord<>(
                "else".getBytes(UTF_8), EventWriter.write(event("e", "click", "ann", "film", NOON)), arrival));

        assertThat(flow.samples()).extracting(Sample::ingestTime).containsExactly(arrival);
    }

    @Test
    void anImpressionBecomesANegativeWhenItsWindowClosesWithoutAnAnswer() {
        flow.announce("shown", "other");
        flow.show("show", "ann", "shown", NOON);
        assertThat(flow.samples()).isEmpty();

        flow.click("bob", "other", NOON.plus(Duration.ofMinutes(10)).plusMillis(1));

        assertThat(flow.samples().get(0))
                .returns(0, Sample::label)
                .returns("test|show", Sample::sampleId)
                .returns(NOON, Sample::eventTime);
    }

    @Test
    void anAnsweredImpressionIsNoNegative() {
        flow.announce("shown", "other");
        flow.show("show", "ann", "shown", NOON);
        flow.send(answer("show", "ann", "shown", NOON.plus(Duration.ofMinutes(10))));
        flow.click("bob", "other", NOON.plus(Duration.ofHours(1)));

        assertThat(flow.samples()).extracting(Sample::label).containsExactly(1, 1);
    }

    @Test
    void anAnswerThatOvertookItsImpressionStillAnswersIt() {
        flow.announce("shown", "other");
        flow.send(answer("show", "ann", "shown", NOON.plusSeconds(5)));
        flow.show("show", "ann", "shown", NOON);
        flow.click("bob", "other", NOON.plus(Duration.ofHours(1)));

        assertThat(flow.samples()).extracting(Sample::label).containsExactly(1, 1);
    }

    @Test
    void anAnswerAfterTheWindowDoesNotTurnANegativeIntoAPositive() {
        flow.announce("shown");
        flow.show("show", "ann", "shown", NOON);
        flow.send(answer("show", "ann", "shown", NOON.plus(Duration.ofMinutes(11))));

        assertThat(flow.samples()).extracting(Sample::label).containsExactly(0, 1);
    }

    @Test
    void aNegativeKnowsWhatWasKnownWhenItWasShown() {
        flow.announce("shown", "other");
        flow.click("bob", "shown", NOON.minusSeconds(5));
        flow.show("show", "ann", "shown", NOON);
        flow.click("ann", "other", NOON.plusSeconds(5));
        flow.click("cid", "shown", NOON.plusSeconds(6));
        flow.click("bob", "other", NOON.plus(Duration.ofHours(1)));

        assertThat(flow.samples())
                .filteredOn(sample -> sample.label() == 0)
                .singleElement()
                .returns(1L, Sample::itemCount)
                .returns(java.util.List.of(), Sample::history)
                .returns(0L, Sample::userCount);
    }

    @Test
    void aSilentStreamStillClosesItsImpressions() {
        flow.announce("shown");
        flow.show("show", "ann", "shown", NOON);
        flow.pass(Duration.ofMinutes(11));

        assertThat(flow.samples()).extracting(Sample::label).containsExactly(0);
    }
}
