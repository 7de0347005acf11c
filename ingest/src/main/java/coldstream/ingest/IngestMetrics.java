package coldstream.ingest;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.ingest.topology.Watcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the topology tells the outside: counters of its decisions, and the latest states for the mirrors.
 *
 * <p>Events = accepted + rejected + duplicate + rekeyed, since the process started and approximately after a crash;
 * {@link IngestService#ledger} is exact. Dead letters that grow faster than events mean a producer has changed its format.
 */
final class IngestMetrics implements Watcher {

    private final MeterRegistry meters;
    private final Mirror<UserId, UserState> users;
    private final Mirror<ItemId, Long> items;
    private final Map<String, Counter> decided = new ConcurrentHashMap<>();
    private final Map<String, Counter> died = new ConcurrentHashMap<>();

    IngestMetrics(MeterRegistry meters, Mirror<UserId, UserState> users, Mirror<ItemId, Long> items) {
        this.meters = meters;
        this.users = users;
        this.items = items;
    }

    @Override
    public void decided(String result) {
        decided.computeIfAbsent(result, each -> Counter.builder("coldstream.events")
                        .description("Interactions by what was decided about them")
                        .tag("result", each)
                        .register(meters))
                .increment();
    }

    @Override
    public void died(String reason) {
        died.computeIfAbsent(reason, each -> Counter.builder("coldstream.dlq")
                        .description("Records sent to the dead letters")
                        .tag("reason", each)
                        .register(meters))
                .increment();
    }

    @Override
    public void user(UserId user, UserState state) {
        users.put(user, state);
    }

    @Override
    public void taken(ItemId item, long count) {
        items.put(item, count);
    }
}
