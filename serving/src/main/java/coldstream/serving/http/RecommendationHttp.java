package coldstream.serving.http;

import coldstream.domain.UserId;
import coldstream.service.Problem;
import coldstream.service.ProblemException;
import coldstream.serving.CurrentVersion;
import coldstream.serving.CurrentVersion.Lease;
import coldstream.serving.ModelReference;
import coldstream.serving.Recommender;
import coldstream.serving.Recommender.Ranked;
import coldstream.serving.Recommender.Ranking;
import coldstream.serving.UserStates;
import coldstream.serving.UserStates.Lookup;
import coldstream.wire.Json;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code GET /v1/recommendations?user=…&k=…}. */
public final class RecommendationHttp {

    public static final String PATH = "/v1/recommendations";

    private static final int DEFAULT_K = 10;

    private final CurrentVersion current;
    private final UserStates users;
    private final int maxItems;

    public RecommendationHttp(CurrentVersion current, UserStates users, int maxItems) {
        this.current = current;
        this.users = users;
        this.maxItems = maxItems;
    }

    public void addTo(Javalin app) {
        app.get(PATH, this::recommend);
    }

    private void recommend(Context context) {
        UserId user = user(context);
        int k = k(context);
        try (Lease lease = current.lease().orElseThrow(RecommendationHttp::noChampion)) {
            Lookup lookup = users.find(user);
            Ranking ranking = Recommender.rank(lease.version(), user, lookup.known(), k);
            List<Answer.Item> items = new ArrayList<>();
            for (Ranked ranked : ranking.items()) {
                items.add(new Answer.Item(
                        items.size() + 1,
                        ranked.item().item().value(),
                        ranked.item().title(),
                        ranked.item().categories(),
                        ranked.score()));
            }
            String strategy = ranking.strategy().name().toLowerCase(Locale.ROOT).replace('_', '-');
            var answer =
                    new Answer(user.value(), strategy, lookup.degraded(), items, ModelReference.of(lease.version()));
            context.contentType("application/json").result(Json.write(answer));
        }
    }

    private static UserId user(Context context) {
        String user = context.queryParam("user");
        if (user == null) {
            throw badRequest("user must be given, such as ?user=42&k=10");
        }
        try {
            return new UserId(user);
        } catch (IllegalArgumentException e) {
            throw badRequest(String.valueOf(e.getMessage()));
        }
    }

    private int k(Context context) {
        String k = context.queryParam("k");
        try {
            int number = k == null ? DEFAULT_K : Integer.parseInt(k);
            if (number >= 1 && number <= maxItems) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw badRequest("k must be a whole number from 1 to " + maxItems + ", got " + k);
        }
        throw badRequest("k must be a whole number from 1 to " + maxItems + ", got " + k);
    }

    static ProblemException noChampion() {
        return new ProblemException(new Problem(
                503,
                "No champion",
                "a version must be champion in the registry before there is an answer",
                Map.of("Retry-After", "1")));
    }

    private static ProblemException badRequest(String detail) {
        return new ProblemException(400, "Bad request", detail);
    }

    /**
     * @param strategy {@code personal}, or {@code cold-start} for somebody without a history
     * @param degraded whether the user's state could not be asked for
     */
    private record Answer(String user, String strategy, boolean degraded, List<Item> items, ModelReference model) {

        /** @param score the model's logit; larger is better */
        record Item(int rank, String itemId, String title, List<String> categories, double score) {}
    }
}
