package coldstream.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The configuration of one broker that is its own controller, sized for a laptop: few threads, small buffers. */
final class BrokerConfiguration {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** Largest record batch, in bytes: a dead letter holds a large record and says why it is dead. */
    private static final int MAX_BATCH_BYTES = 8 * 1024 * 1024;

    private BrokerConfiguration() {}

    static Map<String, String> of(int port, int controllerPort, Path folder, Map<String, String> overrides) {
        Map<String, String> configuration = new TreeMap<>();
        configuration.put("process.roles", "broker,controller");
        configuration.put("node.id", Integer.toString(NODE_ID));
        configuration.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        configuration.put("controller.listener.names", CONTROLLER_LISTENER);
        configuration.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort);
        configuration.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        configuration.put("log.dirs", folder.toString());
        configuration.put("auto.create.topics.enable", "false");
        configuration.put("message.max.bytes", Integer.toString(MAX_BATCH_BYTES));
        configuration.put("metric.reporters", "");

        // One node holds the only copy of everything.
        configuration.put("default.replication.factor", "1");
        configuration.put("offsets.topic.replication.factor", "1");
        configuration.put("transaction.state.log.replication.factor", "1");
        configuration.put("transaction.state.log.min.isr", "1");
        configuration.put("share.coordinator.state.topic.replication.factor", "1");
        configuration.put("share.coordinator.state.topic.min.isr", "1");

        // Small.
        configuration.put("offsets.topic.num.partitions", "2");
        configuration.put("transaction.state.log.num.partitions", "2");
        configuration.put("share.coordinator.state.topic.num.partitions", "2");
        configuration.put("log.segment.bytes", Integer.toString(64 * 1024 * 1024));
        configuration.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
        configuration.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
        configuration.put("offsets.load.buffer.size", Integer.toString(1024 * 1024));
        configuration.put("num.network.threads", "2");
        configuration.put("num.io.threads", "4");
        configuration.put("background.threads", "2");
        configuration.put("num.recovery.threads.per.data.dir", "2");
        configuration.put("group.coordinator.threads", "1");

        // Quick: nobody waits for members that do not exist.
        configuration.put("group.initial.rebalance.delay.ms", "0");
        configuration.put("group.min.session.timeout.ms", "1000");
        configuration.put("group.share.min.heartbeat.interval.ms", "500");
        configuration.put("group.share.heartbeat.interval.ms", "1000");
        configuration.putAll(overrides);
        return configuration;
    }
}
