package coldstream.monitor.action;

import coldstream.domain.DriftAlert;
import coldstream.wire.PromotionClient;
import coldstream.wire.PromotionView;
import java.util.Optional;

/** Makes the champion before serve again; where the alarm speaks of a version, only while that is champion. */
public final class RollBack implements ActionExecutor {

    private final PromotionClient registry;
    private final String model;

    public RollBack(PromotionClient registry, String model) {
        this.registry = registry;
        this.model = model;
    }

    @Override
    public Done start(DriftAlert cause) throws ActionException {
        return RegistryCall.asked(() -> {
            PromotionView view = registry.promotion(model);
            boolean another = cause.referenceVersion().isPresent()
                    && !cause.referenceVersion().equals(view.champion());
            if (view.champion().isEmpty() || another) {
                return Done.complete("nothing rolled back: the alarm is of version "
                        + cause.referenceVersion().orElse("none") + ", champion is "
                        + view.champion().orElse("none"));
            }
            if (view.previous().isEmpty()) {
                return Done.complete("nothing rolled back: there is no champion before "
                        + view.champion().get());
            }
            PromotionView now = registry.rollback(
                    model, Optional.empty(), "drift alert " + cause.alertId() + ": " + cause.message());
            return Done.complete("rolled back from version " + view.champion().get() + " to "
                    + now.champion().orElse("none"));
        });
    }
}
