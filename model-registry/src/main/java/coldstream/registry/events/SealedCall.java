package coldstream.registry.events;

import coldstream.registry.store.WebhookTable.Row;
import coldstream.service.Secret;
import coldstream.service.webhook.WebhookCall;
import coldstream.service.webhook.WebhookCall.Answer;
import coldstream.service.webhook.WebhookCall.Target;
import java.util.Optional;

/** Calls webhooks whose secrets are sealed. */
public record SealedCall(WebhookCall webhooks, Seal seal) implements AutoCloseable {

    /** Sends a message; every failure is an answer. What ought to be signed and cannot be is not sent. */
    public Answer send(Row webhook, String deliveryId, String body) {
        Optional<Secret> secret = webhook.secret().flatMap(text -> seal.open(text, webhook.id()));
        if (webhook.secret().isPresent() && secret.isEmpty()) {
            return new Answer(
                    0,
                    "the secret of a webhook must open with registry.secrets-key, that of %s does not"
                            .formatted(webhook.id()),
                    Optional.empty());
        }
        return webhooks.send(new Target(webhook.url(), secret), deliveryId, body);
    }

    @Override
    public void close() {
        webhooks.close();
    }
}
