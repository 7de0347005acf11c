package coldstream.trainer.in;

import coldstream.wire.StepVerdict;
import org.apache.kafka.common.TopicPartition;

/** Which input record something comes from. */
public record Origin(TopicPartition partition, long offset) {

    StepVerdict.Refusal refusal(RuntimeException why) {
        return new StepVerdict.Refusal(partition.toString(), offset, String.valueOf(why));
    }

    boolean isOf(StepVerdict.Refusal refusal) {
        return offset == refusal.offset() && partition.toString().equals(refusal.partition());
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
