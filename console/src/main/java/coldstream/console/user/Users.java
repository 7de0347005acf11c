package coldstream.console.user;

import coldstream.console.user.UserView.Field;
import coldstream.console.user.UserView.Guidance;
import coldstream.console.user.UserView.Model;
import coldstream.console.user.UserView.Problem;
import coldstream.console.user.UserView.Profile;
import coldstream.console.user.UserView.Recommended;
import coldstream.console.user.UserView.State;
import coldstream.console.user.UserView.Stored;
import coldstream.console.user.UserView.Taken;
import coldstream.console.user.UserView.Titled;
import coldstream.domain.ItemId;
import coldstream.domain.ScoreStore.StoredScore;
import coldstream.domain.StoreUnavailableException;
import coldstream.domain.TasteProfile;
import coldstream.domain.UserContext;
import coldstream.domain.UserContextStore;
import coldstream.domain.UserId;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together what the stores and serving know of a user. */
public final class Users {

    /** Items that are compared with and without guidance, beside those shown. */
    private static final int COMPARED = 20;

    private static final int BEST_STORED = 10;

    private final UserContextStore store;
    private final Serving serving;
    private final Titles titles;

    /** @param limit longest wait for each answer of serving */
    public Users(UserContextStore store, URI serving, Duration limit, Titles titles) {
        this.store = store;
        this.serving = new Serving(serving, limit);
        this.titles = titles;
    }

    /** @param k most recommendations */
    public UserView find(UserId user, int k, Instant now) throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        @Nullable UserContext context = context(user, problems);
        Optional<JsonNode> answer = recommendations(user, Math.max(k, COMPARED), problems);
        List<Recommended> items =
                answer.map(one -> explained(user, one, context)).orElse(List.of());
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped while asking serving");
        }
        List<Recommended> shown =
                items.stream().filter(one -> one.rank() <= k && one.rank() > 0).toList();
        return new UserView(
                user.value(),
                now,
                context != null
                        && (context.state().isPresent()
                                || !context.scores().isEmpty()
                                || context.profile().isPresent()),
                Optional.ofNullable(context)
                        .flatMap(UserContext::state)
                        .map(state -> new State(
                                state.count(),
                                state.negatives(),
                                state.history().stream()
                                        .map(item -> new Titled(item.value(), titles.of(item)))
                                        .toList())),
                Optional.ofNullable(context).map(one -> stored(one.scores(), now)),
                Optional.ofNullable(context).flatMap(UserContext::profile).map(profile -> profile(profile, now)),
                answer.map(one -> model(one.path("model"))),
                answer.map(one -> one.path("strategy").asText()),
                answer.map(one -> one.path("degraded").asBoolean()),
                answer.map(one -> shown),
                answer.map(one -> new Guidance(
                        (int) items.stream()
                                .filter(item -> item.guidance().isPresent())
                                .count(),
                        (int) shown.stream()
                                .filter(item -> item.rankWithoutGuidance()
                                        .filter(rank -> rank != item.rank())
                                        .isPresent())
                                .count(),
                        "explain")),
                problems);
    }

    private @Nullable UserContext context(UserId user, List<Problem> problems) {
        try {
            return store.find(List.of(user)).get(0);
        } catch (StoreUnavailableException e) {
            problems.add(new Problem("redis", String.valueOf(e.getMessage())));
            return null;
        }
    }

    private Optional<JsonNode> recommendations(UserId user, int k, List<Problem> problems) throws InterruptedException {
        try {
            return Optional.of(serving.recommendations(user.value(), k));
        } catch (IOException e) {
            problems.add(new Problem("serving", String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private List<Recommended> explained(UserId user, JsonNode answer, @Nullable UserContext context) {
        Map<ItemId, StoredScore> scores = context == null ? Map.of() : context.scores();
        Map<String, JsonNode> served = new HashMap<>();
        Set<String> items = new LinkedHashSet<>();
        answer.path("items").forEach(item -> {
            items.add(item.path("item_id").asText());
            served.put(item.path("item_id").asText(), item);
        });
        scores.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<ItemId, StoredScore> one) ->
                                -one.getValue().score())
                        .thenComparing(one -> one.getKey().value()))
                .limit(BEST_STORED)
                .forEach(one -> items.add(one.getKey().value()));
        List<String> asked = List.copyOf(items);
        List<@Nullable JsonNode> why;
        try {
            why = serving.explain(user.value(), asked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
        Map<String, Integer> without = ranks(asked, why);
        List<Recommended> all = new ArrayList<>();
        for (int place = 0; place < asked.size(); place++) {
            String item = asked.get(place);
            all.add(recommended(
                    item,
                    Optional.ofNullable(served.get(item)),
                    Optional.ofNullable(why.get(place)),
                    Optional.ofNullable(without.get(item)),
                    Optional.ofNullable(scores.get(new ItemId(item)))));
        }
        return all;
    }

    /** The place of each item by its score without guidance, from 1. */
    private static Map<String, Integer> ranks(List<String> items, List<@Nullable JsonNode> why) {
        Map<String, Double> without = new HashMap<>();
        for (int place = 0; place < items.size(); place++) {
            JsonNode one = why.get(place);
            if (one != null) {
                without.put(
                        items.get(place),
                        one.path("score").asDouble() - one.path("signal").asDouble());
            }
        }
        List<String> order = without.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Integer> ranks = new HashMap<>();
        for (int place = 0; place < order.size(); place++) {
            ranks.put(order.get(place), place + 1);
        }
        return ranks;
    }

    /** @param served empty for an item that is only compared */
    private Recommended recommended(
            String item,
            Optional<JsonNode> served,
            Optional<JsonNode> why,
            Optional<Integer> without,
            Optional<StoredScore> stored) {
        List<String> categories = new ArrayList<>();
        served.ifPresent(one -> one.path("categories").forEach(category -> categories.add(category.asText())));
        List<Field> fields = new ArrayList<>();
        List<Taken> history = new ArrayList<>();
        why.ifPresent(one -> {
            one.path("fields")
                    .forEach(field -> fields.add(new Field(
                            field.path("field").asText(), field.path("moved").asDouble())));
            one.path("history")
                    .forEach(taken -> history.add(new Taken(
                            taken.path("item_id").asText(),
                            Optional.ofNullable(taken.path("title").textValue()),
                            taken.path("moved").asDouble())));
        });
        double score =
                served.or(() -> why).map(one -> one.path("score").asDouble()).orElse(0.0);
        Optional<Double> guidance = why.map(one -> one.path("signal").asDouble());
        return new Recommended(
                served.map(one -> one.path("rank").asInt()).orElse(0),
                without,
                item,
                served.map(one -> one.path("title").textValue()).or(() -> titles.of(new ItemId(item))),
                categories,
                score,
                why.map(one -> one.path("probability").asDouble()),
                guidance,
                guidance.map(signal -> score - signal),
                stored.map(StoredScore::score),
                fields,
                history);
    }

    private List<Stored> stored(Map<ItemId, StoredScore> scores, Instant now) {
        return scores.entrySet().stream()
                .map(one -> new Stored(
                        one.getKey().value(),
                        titles.of(one.getKey()),
                        one.getValue().score(),
                        one.getValue().requestId(),
                        one.getValue().model(),
                        one.getValue().scoredAt(),
                        seconds(one.getValue().scoredAt(), now)))
                .sorted(Comparator.comparingDouble((Stored one) -> -one.score()).thenComparing(Stored::item))
                .toList();
    }

    private static Profile profile(TasteProfile profile, Instant now) {
        return new Profile(
                profile.text(),
                profile.model(),
                profile.promptVersion(),
                profile.encoder(),
                profile.historyVersion(),
                profile.writtenAt(),
                seconds(profile.writtenAt(), now));
    }

    private static Model model(JsonNode model) {
        return new Model(
                model.path("name").asText(),
                model.path("version").asText(),
                model.path("epoch").asLong(),
                model.path("samples").asLong());
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis()) / 1_000.0;
    }
}
