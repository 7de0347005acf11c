package coldstream.monitor.alarm;

import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class KafkaAlertLogTest extends AlertLogContract {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final Topics topics = new Topics(KAFKA.namespace());

    @BeforeEach
    void topics() {
        new TopicSetup(topics, "ctr", 1, 1).ensure(KAFKA.client(), Await.LIMIT);
    }

    @Override
    AlertLog open() {
        return new KafkaAlertLog(KAFKA.client(), topics, "test");
    }
}
