package coldstream.registry.events;

import static coldstream.domain.Check.check;

import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.webhook.WebhookCall;
import java.time.Duration;
import java.util.List;

/**
 * How webhooks are told.
 *
 * @param allowed hosts that may have a private address
 * @param timeout of one attempt, more than zero
 * @param ttl after which a message nobody took is dropped, more than zero
 */
public record WebhookConfig(List<String> allowed, Duration timeout, Duration ttl) {

    static final Setting<List<String>> ALLOWED = Setting.ofList(
            "registry.webhook-private-hosts",
            List.of(),
            "hosts of webhooks that may have a private address and be called without TLS");
    static final Setting<Duration> TIMEOUT = Setting.ofDuration(
            "registry.webhook-timeout", Duration.ofSeconds(10), "longest wait for a webhook's answer");
    static final Setting<Duration> TTL = Setting.ofDuration(
            "registry.webhook-ttl", Duration.ofDays(1), "after which a message that a webhook did not take is dropped");

    public static final List<Setting<?>> SETTINGS = List.of(ALLOWED, TIMEOUT, TTL);

    public WebhookConfig {
        allowed = List.copyOf(allowed);
        check(timeout.toMillis() > 0, "registry.webhook-timeout must be positive, got %s", timeout);
        check(ttl.toMillis() > 0, "registry.webhook-ttl must be positive, got %s", ttl);
    }

    /** How to call them: as MLflow does. */
    public WebhookCall.Rules rules() {
        return new WebhookCall.Rules(allowed, ALLOWED.key(), timeout, "X-MLflow", "coldstream-registry");
    }

    public static WebhookConfig from(Settings settings) {
        return new WebhookConfig(settings.get(ALLOWED), settings.get(TIMEOUT), settings.get(TTL));
    }
}
