package coldstream.trainer.in;

import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of an input; ordered as a step applies them.
 *
 * @param partition within the input's topic
 */
record InputPartition(Input input, TopicPartition partition) implements Comparable<InputPartition> {

    private static final Comparator<InputPartition> ORDER = Comparator.comparing(InputPartition::input)
            .thenComparingInt(input -> input.partition().partition())
            .thenComparing(InputPartition::name);

    @Override
    public int compareTo(InputPartition other) {
        return ORDER.compare(this, other);
    }

    /** As journals and manifests name it: {@code topic-partition}. */
    String name() {
        return partition.toString();
    }
}
