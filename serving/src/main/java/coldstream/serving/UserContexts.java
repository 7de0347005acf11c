package coldstream.serving;

import coldstream.domain.StoreUnavailableException;
import coldstream.domain.UserContext;
import coldstream.domain.UserContextStore;
import coldstream.domain.UserId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of users, or that it could not be asked: an answer without it is better than none. */
public final class UserContexts {

    private static final Logger LOG = LoggerFactory.getLogger(UserContexts.class);

    private final AtomicBoolean away = new AtomicBoolean();
    private final UserContextStore store;
    private final ServingMetrics metrics;

    /**
     * @param contexts in the order asked; of strangers nothing is known
     * @param degraded whether the store could not be asked
     */
    public record Lookup(List<UserContext> contexts, boolean degraded) {

        /** Of the first user asked for. */
        public UserContext first() {
            return contexts.get(0);
        }
    }

    UserContexts(UserContextStore store, ServingMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    /** Of these users, asked for together. */
    public Lookup find(List<UserId> users) {
        try {
            Lookup found = new Lookup(store.find(users), false);
            if (away.compareAndSet(true, false)) {
                LOG.atInfo().log("what is known of users is back");
            }
            return found;
        } catch (StoreUnavailableException e) {
            metrics.degraded();
            if (away.compareAndSet(false, true)) {
                LOG.atWarn()
                        .addKeyValue("why", String.valueOf(e.getMessage()))
                        .log("what is known of users is away, they are answered as strangers");
            }
            return new Lookup(users.stream().map(UserContext::unknown).toList(), true);
        }
    }

    public Lookup find(UserId user) {
        return find(List.of(user));
    }
}
