package coldstream.trainer.in;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The inputs once more, beside the reading that goes on. */
interface Rereading {

    /** All inputs, not open. */
    Inputs inputs();

    /** One record as it came. */
    ConsumerRecord<byte[], byte[]> record(Origin origin);
}
