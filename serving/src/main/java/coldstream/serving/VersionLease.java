package coldstream.serving;

import coldstream.wire.RegistryClient;
import coldstream.wire.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the registry which version answers here, so that its files stay; by one thread, and not more often than needed. */
final class VersionLease {

    private static final Logger LOG = LoggerFactory.getLogger(VersionLease.class);
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Duration RENEWED_AFTER = Duration.ofMinutes(3);

    private final RegistryClient registry;
    private final String model;
    private final Clock clock;
    private final String server = "serving-" + UUID.randomUUID();
    private String leased = "";
    private Instant renewAt = Instant.MIN;

    VersionLease(RegistryClient registry, String model, Clock clock) {
        this.registry = registry;
        this.model = model;
        this.clock = clock;
    }

    /** Asks for the lease if it is another version or soon runs out; a registry that gives none changes nothing here. */
    void renew(String version) {
        Instant now = clock.instant();
        if (version.equals(leased) && now.isBefore(renewAt)) {
            return;
        }
        leased = version;
        renewAt = now.plus(RENEWED_AFTER);
        try {
            registry.lease(model, version, server, LENGTH);
        } catch (RegistryException e) {
            LOG.atDebug()
                    .addKeyValue("why", String.valueOf(e.getMessage()))
                    .log("no lease of the version that answers");
        }
    }
}
