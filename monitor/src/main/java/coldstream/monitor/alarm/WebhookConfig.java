package coldstream.monitor.alarm;

import static coldstream.domain.Check.check;

import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.webhook.WebhookCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whom alarms are told to by HTTP.
 *
 * @param url whom; empty for nobody
 * @param secret signs what is sent, if there is one
 * @param allowed hosts that may have a private address
 * @param timeout of one attempt, more than zero
 * @param ttl after which a message nobody took is dropped, more than zero
 */
public record WebhookConfig(
        Optional<String> url, Optional<Secret> secret, List<String> allowed, Duration timeout, Duration ttl) {

    static final Setting<Optional<String>> URL =
            Setting.ofOptionalString("drift.webhook-url", "https URL that drift alarms are sent to; empty for none");
    static final Setting<Optional<Secret>> SECRET =
            Setting.ofSecret("drift.webhook-secret", "signs what is sent there (HMAC-SHA256)");
    static final Setting<List<String>> ALLOWED = Setting.ofList(
            "drift.webhook-private-hosts",
            List.of(),
            "hosts of drift.webhook-url that may have a private address and be called without TLS");
    static final Setting<Duration> TIMEOUT = Setting.ofDuration(
            "drift.webhook-timeout", Duration.ofSeconds(10), "longest wait for that webhook's answer");
    static final Setting<Duration> TTL = Setting.ofDuration(
            "drift.webhook-ttl", Duration.ofDays(1), "after which an alarm that the webhook did not take is dropped");

    public static final List<Setting<?>> SETTINGS = List.of(URL, SECRET, ALLOWED, TIMEOUT, TTL);

    public WebhookConfig {
        allowed = List.copyOf(allowed);
        check(timeout.toMillis() > 0, "drift.webhook-timeout must be positive, got %s", timeout);
        check(ttl.toMillis() > 0, "drift.webhook-ttl must be positive, got %s", ttl);
    }

    public static WebhookConfig from(Settings settings) {
        return new WebhookConfig(
                settings.get(URL),
                settings.get(SECRET),
                settings.get(ALLOWED),
                settings.get(TIMEOUT),
                settings.get(TTL));
    }

    WebhookCall.Rules rules() {
        return new WebhookCall.Rules(allowed, ALLOWED.key(), timeout, "X-Coldstream", "coldstream-drift");
    }
}
