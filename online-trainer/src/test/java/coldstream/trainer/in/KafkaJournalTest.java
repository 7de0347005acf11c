package coldstream.trainer.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.trainer.DeadLetterReader;
import coldstream.wire.StepRecord;
import coldstream.wire.StepVerdict;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The journal on a real broker, with a wire that loses answers. */
@Tag("integration")
class KafkaJournalTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    /** What happens to a commit of which no answer comes. */
    private enum Lost {
        REQUEST,
        ANSWER
    }

    private final Topics topics = new Topics(KAFKA.namespace());
    private final KafkaSteps steps = new KafkaSteps(KAFKA.client(), topics, "ctr");

    @BeforeEach
    void createTopics() {
        new TopicSetup(topics, "ctr", 1, 1).ensure(KAFKA.client(), Await.LIMIT);
    }

    private static StepRecord step(long number) {
        return new StepRecord(
                StepRecord.FORMAT_VERSION, "ctr", number, new TreeMap<>(Map.of("samples-0", number)), 1, 0, "hash");
    }

    private DeadLetter letter() {
        var record = new ConsumerRecord<>(topics.samples(), 0, 5, new byte[] {1}, new byte[] {2});
        return new DeadLetter(record, new IllegalArgumentException("unreadable"));
    }

    private List<StepRecord> recorded(long offset) {
        var records = new ArrayList<StepRecord>();
        try (Journal reader = steps.journal()) {
            reader.open(offset).forEachRemaining(entry -> records.add(entry.record()));
        }
        return records;
    }

    @Test
    void whatWasAppendedIsReadBackInOrderFromAnyOffsetThatAppendReturned() {
        long behindFirst;
        try (Journal journal = steps.journal()) {
            assertThat(journal.open(0)).isExhausted();
            behindFirst = journal.append(step(0), List.of());
            journal.append(step(1), List.of());
            journal.append(step(2), List.of());
        }
        assertThat(recorded(0)).containsExactly(step(0), step(1), step(2));
        assertThat(recorded(behindFirst)).containsExactly(step(1), step(2));
    }

    @ParameterizedTest
    @EnumSource
    void anAppendInDoubtIsThereOnceWithItsDeadLetters(Lost lost) {
        var failures = new ArrayList<>(List.of(lost));
        Supplier<Producer<byte[], byte[]>> producers = () -> losing(steps.producer(), failures);
        try (Journal journal = new KafkaJournal(
                topics.steps("ctr"), producers, () -> steps.consumer("test"), () -> Admin.create(KAFKA.client()))) {
            journal.open(0);
            journal.append(step(0), List.of(letter()));
            assertThat(failures).isEmpty();
            journal.append(step(1), List.of());
        }
        assertThat(recorded(0)).containsExactly(step(0), step(1));
        assertThat(DeadLetterReader.read(KAFKA.client(), Topics.deadLetter(topics.samples())))
                .hasSize(1);
    }

    /** A producer whose commits lose what the list says, one after the other. */
    @SuppressWarnings("unchecked")
    private static Producer<byte[], byte[]> losing(Producer<byte[], byte[]> producer, List<Lost> failures) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    boolean fails = method.getName().equals("commitTransaction") && !failures.isEmpty();
                    if (fails && failures.get(0) == Lost.REQUEST) {
                        throw new TimeoutException("lost " + failures.remove(0));
                    }
                    try {
                        Object answer = method.invoke(producer, arguments);
                        if (fails) {
                            throw new TimeoutException("lost " + failures.remove(0));
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void anEarlierHolderCanAppendNoMore() {
        try (Journal first = steps.journal();
                Journal second = steps.journal()) {
            first.open(0);
            first.append(step(0), List.of());
            second.open(0);

            assertThatThrownBy(() -> first.append(step(1), List.of()))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining("a model must have one trainer");
            second.append(step(1), List.of());
        }
        assertThat(recorded(0)).containsExactly(step(0), step(1));
    }

    @Test
    void aVerdictIsReadWithItsStepThoughItStandsBehindLaterOnes() {
        var verdict = new StepVerdict(
                StepVerdict.FORMAT_VERSION,
                "ctr",
                1,
                Optional.of("the loss must be finite, got NaN"),
                List.of(new StepVerdict.Refusal("samples-0", 7, "cannot digest")));
        long behindFirst;
        try (Journal journal = steps.journal()) {
            journal.open(0);
            journal.append(step(0), List.of());
            journal.append(step(1), List.of());
            behindFirst = journal.append(step(2), List.of());
            journal.append(verdict, List.of(letter()));
            journal.append(step(3), List.of());
        }
        try (Journal reader = steps.journal()) {
            var records = new ArrayList<Journal.Recorded>();
            reader.open(0).forEachRemaining(records::add);
            assertThat(records)
                    .extracting(Journal.Recorded::record)
                    .containsExactly(step(0), step(1), step(2), step(3));
            assertThat(records)
                    .extracting(Journal.Recorded::verdict)
                    .containsExactly(Optional.empty(), Optional.of(verdict), Optional.empty(), Optional.empty());
        }
        assertThat(recorded(behindFirst)).containsExactly(step(3));
        assertThat(DeadLetterReader.read(KAFKA.client(), Topics.deadLetter(topics.samples())))
                .hasSize(1);
    }

    @Test
    void aTrimmedJournalBeginsWhereItWasTrimmedTo() {
        long behindFirst;
        try (Journal journal = steps.journal()) {
            journal.open(0);
            journal.append(step(0), List.of());
            behindFirst = journal.append(step(1), List.of());
            journal.append(step(2), List.of());
            journal.trim(behindFirst);
        }
        assertThat(recorded(behindFirst)).containsExactly(step(2));
        assertThatThrownBy(() -> recorded(0))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("must still have offset 0")
                .hasMessageContaining("got offsets " + behindFirst + " to ");
    }

    @Test
    void aJournalThatEndsBeforeTheSnapshotIsRefused() {
        try (Journal journal = steps.journal()) {
            assertThatThrownBy(() -> journal.open(7))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining("must still have offset 7");
        }
    }
}
