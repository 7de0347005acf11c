package coldstream.service.webhook;

import static coldstream.domain.Check.check;
import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.service.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * One message to one webhook: the body signed together with the delivery's id and the time, as MLflow does, so that a receiver
 * can tell a forged message and an old one. No redirect is followed and no cookie kept.
 */
public final class WebhookCall implements AutoCloseable {

    private static final int MAX_ANSWER = 1_000;

    private final CloseableHttpClient http;
    private final PublicAddresses addresses;
    private final Clock clock;
    private final Rules rules;

    /**
     * How to call.
     *
     * @param allowed hosts that may have a private address and be called without TLS
     * @param allowedSetting the setting that names them, for error messages
     * @param timeout of one attempt, more than zero
     * @param headers first part of the names of headers, such as {@code X-MLflow}
     * @param userAgent who calls
     */
    public record Rules(
            List<String> allowed, String allowedSetting, Duration timeout, String headers, String userAgent) {

        public Rules {
            allowed = List.copyOf(allowed);
        }
    }

    /**
     * Whom to call.
     *
     * @param secret signs what is sent, if there is one
     */
    public record Target(String url, Optional<Secret> secret) {}

    /**
     * What came of it.
     *
     * @param status of HTTP, 0 if there was no answer
     * @param body its beginning, or why there was none
     * @param retryAfter the pause the receiver asks for
     */
    public record Answer(int status, String body, Optional<Duration> retryAfter) {

        public boolean taken() {
            return status >= 200 && status < 300;
        }

        /** Whether the same may be taken later. */
        public boolean mayPass() {
            return status == 0 || status == 408 || status == 425 || status == 429 || status >= 500;
        }
    }

    public WebhookCall(Rules rules, DnsResolver names, Clock clock) {
        this.rules = rules;
        this.addresses = new PublicAddresses(rules.allowed(), names);
        this.clock = clock;
        Timeout timeout = Timeout.ofMilliseconds(rules.timeout().toMillis());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build();
        this.http = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .setUserAgent(rules.userAgent())
                .build();
    }

    /**
     * Refuses what may never be called; a name is looked up at every call.
     *
     * @throws IllegalArgumentException with the rule
     */
    public void requireCallable(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a webhook must have a URL, got " + url, e);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        boolean known = host != null && uri.getUserInfo() == null;
        boolean allowed = known
                && (scheme.equals("https") || (scheme.equals("http") && addresses.isAllowed(String.valueOf(host))));
        check(
                allowed,
                "a webhook must have an https URL with a host and no user, or a host of %s, got %s",
                rules.allowedSetting(),
                url);
    }

    /** Sends a message; every failure is an answer. */
    public Answer send(Target webhook, String deliveryId, String body) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        try {
            requireCallable(webhook.url());
            var post = new HttpPost(webhook.url());
            post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
            post.setHeader(rules.headers() + "-Delivery-Id", deliveryId);
            post.setHeader(rules.headers() + "-Timestamp", timestamp);
            webhook.secret()
                    .ifPresent(secret -> post.setHeader(
                            rules.headers() + "-Signature", signature(secret, deliveryId, timestamp, body)));
            return http.execute(post, response -> {
                Optional<Duration> retryAfter = Optional.ofNullable(response.getFirstHeader("Retry-After"))
                        .map(Header::getValue)
                        .filter(value -> value.matches("\\d{1,6}"))
                        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
                return new Answer(response.getCode(), beginning(response.getEntity()), retryAfter);
            });
        } catch (IOException | RuntimeException e) {
            return new Answer(0, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    @Override
    public void close() {
        http.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }

    /** {@code v1,} and the base64 of HMAC-SHA256 over {@code id.timestamp.body}. */
    public static String signature(Secret secret, String deliveryId, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(UTF_8), "HmacSHA256"));
            byte[] signed = mac.doFinal((deliveryId + "." + timestamp + "." + body).getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    private static String beginning(@org.jspecify.annotations.Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        try (InputStream content = entity.getContent()) {
            return content == null ? "" : new String(content.readNBytes(MAX_ANSWER), UTF_8);
        }
    }
}
