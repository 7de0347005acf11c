package coldstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.testkit.KafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class TopicSetupTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final Topics topics = new Topics(KAFKA.namespace());
    private final TopicSetup setup = new TopicSetup(topics, "ctr", 3, 1);

    @Test
    void createsEveryTopicOnceHoweverOftenItRuns() throws Exception {
        setup.ensure(KAFKA.client(), LIMIT);
        setup.ensure(KAFKA.client(), LIMIT);

        try (Admin admin = Admin.create(KAFKA.client())) {
            assertThat(admin.listTopics().names().get())
                    .contains(
                            topics.interactions(),
                            Topics.deadLetter(topics.interactions()),
                            topics.items(),
                            Topics.deadLetter(topics.items()),
                            topics.itemVectors(),
                            topics.itemEnrichments(),
                            topics.samples(),
                            topics.scoreRequests(),
                            topics.softScores(),
                            topics.tasteProfiles(),
                            topics.registryEvents(),
                            topics.driftAlerts(),
                            topics.steps("ctr"),
                            topics.deltas("ctr"));
        }
    }

    @Test
    void latestValueTopicsAreCompactedAndTheJournalHasOnePartition() throws Exception {
        setup.ensure(KAFKA.client(), LIMIT);

        try (Admin admin = Admin.create(KAFKA.client())) {
            var items = new ConfigResource(ConfigResource.Type.TOPIC, topics.items());
            Map<ConfigResource, Config> found =
                    admin.describeConfigs(List.of(items)).all().get();
            assertThat(found.values())
                    .extracting(config -> config.get("cleanup.policy").value())
                    .containsExactly("compact");
            assertThat(admin.describeTopics(List.of(topics.steps("ctr"), topics.samples()))
                            .allTopicNames()
                            .get()
                            .values())
                    .extracting(topic -> topic.partitions().size())
                    .containsExactlyInAnyOrder(1, 3);
        }
    }

    @Test
    void aBrokerThatIsNotThereIsOneClearLine() {
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");

        assertThatThrownBy(() -> setup.ensure(nowhere, Duration.ofMillis(500)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot create topic");
    }
}
