package coldstream.monitor.action;

import coldstream.domain.DriftAlert;
import coldstream.wire.PromotionClient;
import coldstream.wire.PromotionView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Stops promotion by the rules in the registry, until the alarm closes or its time is over. A person's freeze stays as it is. */
public final class FreezePromotion implements ActionExecutor {

    private static final String REASON = "drift alert ";

    private final PromotionClient registry;
    private final String model;
    private final Duration time;
    private final InstantSource clock;

    public FreezePromotion(PromotionClient registry, String model, Duration time, InstantSource clock) {
        this.registry = registry;
        this.model = model;
        this.time = time;
        this.clock = clock;
    }

    @Override
    public Done start(DriftAlert cause) throws ActionException {
        return RegistryCall.asked(() -> {
            Optional<PromotionView.Freeze> others =
                    registry.promotion(model).freeze().filter(freeze -> !isOurs(freeze));
            if (others.isPresent()) {
                return Done.complete(
                        "promotion was frozen already: " + others.get().reason());
            }
            Instant until = clock.instant().plus(time).truncatedTo(ChronoUnit.SECONDS);
            registry.freeze(model, REASON + cause.alertId() + ": " + cause.message(), Optional.of(until));
            return new Done("promotion of " + model + " is frozen", true, Optional.of(until));
        });
    }

    private static boolean isOurs(PromotionView.Freeze freeze) {
        return freeze.reason().startsWith(REASON);
    }

    @Override
    public boolean endsEarly() {
        return true;
    }

    @Override
    public String end(DriftAlert cause) throws ActionException {
        return RegistryCall.asked(() -> {
            if (registry.promotion(model)
                    .freeze()
                    .filter(FreezePromotion::isOurs)
                    .isEmpty()) {
                return "the freeze was no more";
            }
            registry.thaw(model, "alarm closed: " + cause.alertId());
            return "thawed, for the alarm closed";
        });
    }
}
