package coldstream.trainer.in;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a fake log once more; a record's value says which it is. */
record FakeRereading(Map<InputPartition, List<Entry>> log) implements Rereading {

    @Override
    public Inputs inputs() {
        return new FakeInputs(log, new Random(5));
    }

    @Override
    public ConsumerRecord<byte[], byte[]> record(Origin origin) {
        return new ConsumerRecord<>(
                origin.partition().topic(),
                origin.partition().partition(),
                origin.offset(),
                new byte[0],
                origin.toString().getBytes(UTF_8));
    }
}
