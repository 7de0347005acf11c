package coldstream.scorer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Decides about many requests, one after the other or a bounded number at once. */
final class Desks implements AutoCloseable {

    private final RequestDesk desk;
    private final @Nullable ExecutorService threads;

    /** @param concurrency requests at once; 1 decides in the calling thread, which is right for a scorer that waits for nobody */
    Desks(RequestDesk desk, int concurrency) {
        this.desk = desk;
        this.threads = concurrency == 1
                ? null
                : Executors.newFixedThreadPool(concurrency, task -> {
                    Thread thread = new Thread(task, "language-model");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** One decision per request, in order. */
    List<Decision> decide(List<ConsumerRecord<byte[], byte[]>> requests) throws InterruptedException {
        List<Decision> decisions = new ArrayList<>(requests.size());
        if (threads == null) {
            requests.forEach(request -> decisions.add(decide(request)));
            return decisions;
        }
        List<Future<Decision>> running = new ArrayList<>(requests.size());
        requests.forEach(request -> running.add(threads.submit(() -> decide(request))));
        try {
            for (Future<Decision> decision : running) {
                decisions.add(decision.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request could not be decided: " + e.getCause(), e);
        } finally {
            running.forEach(decision -> decision.cancel(true));
        }
        return decisions;
    }

    private Decision decide(ConsumerRecord<byte[], byte[]> request) {
        return desk.decide(request.value(), request.deliveryCount().orElse((short) 1));
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
