package coldstream.serving.http;

import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.serving.CurrentVersion.Lease;
import coldstream.serving.ModelReference;
import coldstream.serving.Recommender;
import coldstream.serving.Recommender.Ranked;
import coldstream.serving.Recommender.Ranking;
import coldstream.serving.UserContexts;
import coldstream.serving.UserContexts.Lookup;
import coldstream.serving.Wish;
import coldstream.serving.canary.Router;
import coldstream.serving.canary.Shadow;
import coldstream.wire.Json;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;

/** {@code GET /v1/recommendations?user=…} for one user, {@code POST} of {@link Batch} for many. */
final class RecommendationHttp {

    private final Router router;
    private final UserContexts users;
    private final Shadow shadow;
    private final int maxItems;

    RecommendationHttp(Router router, UserContexts users, Shadow shadow, int maxItems) {
        this.router = router;
        this.users = users;
        this.shadow = shadow;
        this.maxItems = maxItems;
    }

    void one(Context context) {
        UserId user = Query.user(context);
        Wish wish = Query.wish(context, maxItems);
        Lookup lookup = users.find(user);
        Query.answer(context, answer(lookup.first(), wish, lookup.degraded()));
    }

    void many(Context context, Deadline deadline) {
        Batch batch = Batch.read(Query.body(context));
        Wish wish = batch.wish(maxItems);
        List<UserId> asked = batch.people(maxItems);
        Lookup lookup = users.find(asked);
        List<Answer> answers = new ArrayList<>();
        for (UserContext user : lookup.contexts()) {
            deadline.check();
            answers.add(answer(user, wish, lookup.degraded()));
        }
        Query.answer(context, new Answers(answers));
    }

    private Answer answer(UserContext user, Wish wish, boolean degraded) {
        try (Lease lease = router.lease(user.user()).orElseThrow(Query::noChampion)) {
            Ranking ranking = Recommender.rank(lease.version(), user, wish);
            shadow.answered(user, wish, ranking);
            return new Answer(
                    user.user().value(),
                    ranking.strategy().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    degraded,
                    Line.of(ranking.items()),
                    ModelReference.of(lease.version()));
        }
    }

    /**
     * What is asked for many users at once; all but the users may be left out and mean what they mean in a URL.
     *
     * @param users 1 to as many as an answer may have items
     */
    private record Batch(
            List<String> users,
            Optional<Integer> k,
            Optional<List<String>> categories,
            Optional<List<String>> exclude,
            Optional<Boolean> onlyNew,
            Optional<Boolean> excludeSeen) {

        static Batch read(byte[] body) {
            try {
                return Json.read(body, Batch.class);
            } catch (SerializationException e) {
                throw Query.badRequest("the body must be an object with a list of users: " + e.getMessage());
            }
        }

        List<UserId> people(int most) {
            if (users.isEmpty() || users.size() > most) {
                throw Query.badRequest("users must be 1 to " + most + ", got " + users.size());
            }
            return Query.checked(() -> users.stream().map(UserId::new).toList());
        }

        Wish wish(int maxItems) {
            return new Wish(
                    Query.k(k.orElse(Math.min(10, maxItems)), maxItems),
                    new HashSet<>(categories.orElse(List.of())),
                    Query.items(exclude.orElse(List.of())),
                    onlyNew.orElse(false),
                    excludeSeen.orElse(true));
        }
    }

    private record Answers(List<Answer> answers) {}

    /**
     * @param strategy {@code personal}, or {@code cold-start} for somebody without a history
     * @param degraded whether what is kept of the user could not be asked for
     */
    private record Answer(String user, String strategy, boolean degraded, List<Line> items, ModelReference model) {}

    /** @param score the model's logit; larger is better. Of similar items how alike they are */
    record Line(int rank, String itemId, String title, List<String> categories, double score) {

        static List<Line> of(List<Ranked> items) {
            List<Line> lines = new ArrayList<>();
            for (Ranked ranked : items) {
                lines.add(new Line(
                        lines.size() + 1,
                        ranked.item().item().value(),
                        ranked.item().title(),
                        ranked.item().categories(),
                        ranked.score()));
            }
            return lines;
        }
    }
}
