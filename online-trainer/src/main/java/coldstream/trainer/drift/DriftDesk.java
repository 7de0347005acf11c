package coldstream.trainer.drift;

import coldstream.domain.DriftAlert;
import coldstream.domain.Sample;
import coldstream.monitor.Alarm;
import coldstream.monitor.AlarmListener;
import coldstream.monitor.Place;
import coldstream.monitor.action.ActionConfig;
import coldstream.monitor.action.ActionExecutor;
import coldstream.monitor.action.ActionKind;
import coldstream.monitor.action.FreezePromotion;
import coldstream.monitor.action.FreshScores;
import coldstream.monitor.action.RaiseRates;
import coldstream.monitor.action.ResetGate;
import coldstream.monitor.action.Responses;
import coldstream.monitor.action.RollBack;
import coldstream.monitor.alarm.AlarmDesk;
import coldstream.monitor.alarm.AlertWebhook;
import coldstream.monitor.alarm.DriftAlarms;
import coldstream.monitor.alarm.KafkaAlertLog;
import coldstream.monitor.alarm.WebhookConfig;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.Directive;
import coldstream.wire.PromotionClient;
import coldstream.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Everything behind the alarms of a trainer's watch. Thread-safe; nothing here makes learning wait, and nothing stops it. */
public final class DriftDesk implements AlarmListener, AutoCloseable {

    private static final int REMEMBERED_USERS = 4_000;
    private static final Duration REGISTRY_PAUSE = Duration.ofMillis(200);

    private final RecentUsers users = new RecentUsers(REMEMBERED_USERS);
    private final AlarmDesk desk;
    private final DriftAlarms alarms;
    private final Optional<AlertWebhook> webhook;

    /**
     * What alarms are acted on with.
     *
     * @param registry where promotion is frozen and rolled back
     * @param token the registry asks for, which must have the role promote
     */
    public record Config(
            String namespace,
            String model,
            URI registry,
            Optional<String> token,
            ActionConfig actions,
            WebhookConfig webhook) {

        /** Everything that can be set here and nowhere else. */
        public static List<Setting<?>> settings() {
            var all = new ArrayList<Setting<?>>(ActionConfig.SETTINGS);
            all.addAll(WebhookConfig.SETTINGS);
            return List.copyOf(all);
        }

        public static Config from(Settings settings, Optional<String> token) {
            return new Config(
                    settings.get(SharedSettings.NAMESPACE),
                    settings.get(SharedSettings.MODEL_NAME),
                    settings.get(SharedSettings.REGISTRY_URL),
                    token,
                    ActionConfig.from(settings),
                    WebhookConfig.from(settings));
        }
    }

    /**
     * A desk that begins with {@link #start}.
     *
     * @param client what every Kafka client starts from
     * @param door takes directives; false if it cannot now
     * @param samples trained so far
     */
    public DriftDesk(
            Config config,
            Map<String, Object> client,
            Predicate<Directive> door,
            LongSupplier samples,
            MeterRegistry meters,
            InstantSource clock) {
        var topics = new Topics(config.namespace());
        var owner = new AlarmDesk.Owner(config.model(), "trainer");
        var registry = new PromotionClient(config.registry(), config.token(), 1, REGISTRY_PAUSE, "coldstream-drift");
        ActionConfig actions = config.actions();
        Map<ActionKind, ActionExecutor> executors = Map.of(
                ActionKind.RAISE_RATES,
                new RaiseRates(door, samples, actions.raiseFactor(), actions.raiseSamples()),
                ActionKind.RESET_GATE,
                new ResetGate(door),
                ActionKind.FREEZE_PROMOTION,
                new FreezePromotion(registry, config.model(), actions.freezeTime(), clock),
                ActionKind.ROLL_BACK,
                new RollBack(registry, config.model()),
                ActionKind.FRESH_SCORES,
                new FreshScores(new KafkaAsking(client, topics, users, clock), actions.freshScores()));
        desk = new AlarmDesk(
                owner,
                new KafkaAlertLog(client, topics, "trainer-" + config.model()),
                new Responses(actions, executors, clock),
                meters,
                clock);
        alarms = new DriftAlarms(desk, owner, clock);
        webhook = config.webhook().url().map(url -> new AlertWebhook(url, config.webhook(), client, topics, meters));
    }

    public void start() {
        desk.start();
        webhook.ifPresent(AlertWebhook::start);
    }

    /** Takes in a step's samples: whom fresh scores can be asked about. */
    public void seen(List<Sample> samples) {
        users.seen(samples);
    }

    /** A watch began, with these alarms open. */
    public void began(Collection<Alarm> open) {
        alarms.began(open);
    }

    @Override
    public void changed(Alarm alarm, Place place) {
        alarms.changed(alarm, place);
    }

    /** Open alerts, then closed ones, newest first. */
    public List<DriftAlert> alerts() {
        return desk.alerts();
    }

    /** Open alerts, newest first. */
    public List<DriftAlert> open() {
        return desk.alerts().stream().filter(DriftAlert::open).toList();
    }

    @Override
    public void close() {
        webhook.ifPresent(AlertWebhook::close);
        desk.close();
    }
}
