package coldstream.registry.mlflow;

import coldstream.registry.events.SealedCall;
import coldstream.registry.store.Refusal;
import coldstream.registry.store.Store;
import coldstream.registry.store.WebhookEvent;
import coldstream.registry.store.WebhookTable;
import coldstream.registry.store.WebhookTable.Row;
import coldstream.registry.store.WebhookTable.Status;
import coldstream.service.Secret;
import coldstream.service.webhook.WebhookCall;
import coldstream.wire.RegistryPaths;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The paths of MLflow's webhooks. A secret goes in and never comes out. */
public final class WebhookHttp {

    private static final String WEBHOOKS = RegistryPaths.MODELS + "/webhooks";
    private static final int PER_PAGE = 100;
    private static final int MAX_PER_PAGE = 1_000;

    private final Store store;
    private final SealedCall call;
    private final Clock clock;

    public WebhookHttp(Store store, SealedCall call, Clock clock) {
        this.store = store;
        this.call = call;
        this.clock = clock;
    }

    public void addTo(Javalin app) {
        app.post(WEBHOOKS, this::create);
        app.get(WEBHOOKS, this::list);
        app.get(WEBHOOKS + "/{id}", context -> answer(context, webhook(context)));
        app.patch(WEBHOOKS + "/{id}", this::update);
        app.delete(WEBHOOKS + "/{id}", this::delete);
        app.post(WEBHOOKS + "/{id}/test", this::test);
    }

    private void create(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        String id = UUID.randomUUID().toString();
        var row = new Row(
                id,
                text(request.required("name"), "name", 256),
                text(request.optional("description"), "description", 5_000),
                url(request.required("url")),
                events(request),
                secret(request, id),
                status(request.optional("status")),
                clock.millis(),
                clock.millis());
        store.change(handle -> WebhookTable.put(handle, row));
        answer(context, row);
    }

    private void list(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        int limit = request.number("max_results", PER_PAGE);
        String token = request.optional("page_token");
        if (limit < 1 || limit > MAX_PER_PAGE || !token.matches("\\d{0,9}")) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("max_results must be 1 to " + MAX_PER_PAGE
                    + " and page_token one this server gave, got " + limit + " and " + token);
        }
        int offset = token.isEmpty() ? 0 : Integer.parseInt(token);
        List<Row> rows = store.read(handle -> WebhookTable.list(handle, limit + 1, offset));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("webhooks", rows.stream().limit(limit).map(WebhookHttp::view).toList());
        if (rows.size() > limit) {
            body.put("next_page_token", Integer.toString(offset + limit));
        }
        MlflowHttp.send(context, body);
    }

    private void update(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        Row old = webhook(context);
        var row = new Row(
                old.id(),
                request.has("name") ? text(request.required("name"), "name", 256) : old.name(),
                request.has("description")
                        ? text(request.optional("description"), "description", 5_000)
                        : old.description(),
                request.has("url") ? url(request.required("url")) : old.url(),
                request.node("events").isEmpty() ? old.events() : events(request),
                request.has("secret") ? secret(request, old.id()) : old.secret(),
                request.has("status") ? status(request.optional("status")) : old.status(),
                old.createdAt(),
                clock.millis());
        store.change(handle -> WebhookTable.put(handle, row));
        answer(context, row);
    }

    private void delete(Context context) {
        String id = context.pathParam("id");
        store.change(handle -> WebhookTable.delete(handle, id));
        MlflowHttp.send(context, Map.of());
    }

    /** Sends an example now and says what came of it. */
    private void test(Context context) {
        Row row = webhook(context);
        JsonNode wanted = MlflowRequest.of(context).node("event");
        WebhookEvent event =
                wanted.isMissingNode() || wanted.isNull() ? row.events().get(0) : event(wanted);
        String body = WebhookTable.body(event, event.example(), clock.instant());
        WebhookCall.Answer answer = call.send(row, UUID.randomUUID().toString(), body);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("success", answer.taken());
        if (answer.status() > 0) {
            result.put("response_status", answer.status());
            result.put("response_body", answer.body());
        } else {
            result.put("error_message", answer.body());
        }
        MlflowHttp.send(context, Map.of("result", result));
    }

    private Row webhook(Context context) {
        String id = context.pathParam("id");
        return store.read(handle -> WebhookTable.find(handle, id))
                .orElseThrow(() -> Refusal.RESOURCE_DOES_NOT_EXIST.because("the webhook must exist, got " + id));
    }

    private String url(String url) {
        try {
            call.webhooks().requireCallable(text(url, "url", 2_000));
        } catch (IllegalArgumentException e) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(e);
        }
        return url;
    }

    private static List<WebhookEvent> events(MlflowRequest request) {
        List<WebhookEvent> events = new ArrayList<>();
        request.node("events").forEach(event -> events.add(event(event)));
        if (events.isEmpty()) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("a webhook must have at least one event, got none");
        }
        return events.stream().distinct().toList();
    }

    /** Either {@code {"entity": .., "action": ..}} or {@code "entity.action"}. */
    private static WebhookEvent event(JsonNode node) {
        String text = node.asText("");
        int dot = text.indexOf('.');
        return dot > 0
                ? WebhookEvent.of(text.substring(0, dot), text.substring(dot + 1))
                : WebhookEvent.of(
                        node.path("entity").asText(""), node.path("action").asText(""));
    }

    private Optional<String> secret(MlflowRequest request, String id) {
        String secret = text(request.optional("secret"), "secret", 1_000);
        return secret.isEmpty() ? Optional.empty() : Optional.of(call.seal().seal(new Secret(secret), id));
    }

    private static Status status(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "", "ACTIVE" -> Status.ACTIVE;
            case "DISABLED" -> Status.DISABLED;
            default -> throw Refusal.INVALID_PARAMETER_VALUE.because("status must be ACTIVE or DISABLED, got " + text);
        };
    }

    private static String text(String text, String field, int max) {
        if (text.length() > max) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    field + " must have at most " + max + " characters, got " + text.length());
        }
        return text;
    }

    private static void answer(Context context, Row row) {
        MlflowHttp.send(context, Map.of("webhook", view(row)));
    }

    private static Map<String, Object> view(Row row) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("webhook_id", row.id());
        view.put("name", row.name());
        view.put("description", row.description());
        view.put("url", row.url());
        view.put("events", row.events().stream().map(WebhookHttp::view).toList());
        view.put("status", row.status());
        view.put("creation_timestamp", row.createdAt());
        view.put("last_updated_timestamp", row.updatedAt());
        return view;
    }

    private static Map<String, String> view(WebhookEvent event) {
        Map<String, String> view = new LinkedHashMap<>();
        view.put("entity", event.entity().toUpperCase(Locale.ROOT));
        view.put("action", event.action().toUpperCase(Locale.ROOT));
        return view;
    }
}
