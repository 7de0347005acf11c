package coldstream.ingest;

import coldstream.testkit.Await;

/** The threads of Kafka Streams in this process. */
final class StreamThreads {

    private StreamThreads() {}

    /** Waits until none is left of a namespace: a service waits for them a bounded time, and they write to its folder. */
    static void awaitEnd(String namespace) {
        Await.until("the threads of " + namespace + " have ended", () -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> name.startsWith(namespace + "-ingest-") && name.contains("StreamThread")));
    }
}
