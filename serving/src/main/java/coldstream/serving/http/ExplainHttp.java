package coldstream.serving.http;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.model.Explanation;
import coldstream.serving.CurrentVersion.Lease;
import coldstream.serving.ModelReference;
import coldstream.serving.UserContexts;
import coldstream.serving.UserContexts.Lookup;
import coldstream.serving.canary.Router;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;

/** {@code GET /v1/explain?user=…&item=…}: what moved a score, found by leaving one thing out after the other. */
final class ExplainHttp {

    private final Router router;
    private final UserContexts users;

    ExplainHttp(Router router, UserContexts users) {
        this.router = router;
        this.users = users;
    }

    void explain(Context context) {
        UserId user = Query.user(context);
        ItemId item = Query.item(context);
        Lookup lookup = users.find(user);
        try (Lease lease = router.lease(user).orElseThrow(Query::noChampion)) {
            Explanation why = lease.version().model().explain(lookup.first(), item);
            Query.answer(
                    context,
                    new Answer(
                            user.value(),
                            item.value(),
                            why.known(),
                            lookup.first().state().isPresent(),
                            lookup.degraded(),
                            why.score(),
                            1 / (1 + Math.exp(-why.score())),
                            why.signal(),
                            why.fields().stream().map(Field::of).toList(),
                            why.history().stream().map(Taken::of).toList(),
                            ModelReference.of(lease.version())));
        }
    }

    /**
     * @param itemKnown whether the item is in the catalogue
     * @param userKnown whether anything is kept of the user
     * @param signal what the language model's signal adds to the score
     */
    private record Answer(
            String user,
            String item,
            boolean itemKnown,
            boolean userKnown,
            boolean degraded,
            double score,
            double probability,
            double signal,
            List<Field> fields,
            List<Taken> history,
            ModelReference model) {}

    /** @param moved the score less the score without the field */
    private record Field(String field, double moved) {
        static Field of(Explanation.Part part) {
            return new Field(part.field().name().toLowerCase(Locale.ROOT), part.moved());
        }
    }

    /** @param moved the score less the score without the item in the history */
    private record Taken(String itemId, String title, double moved) {
        static Taken of(Explanation.Taken taken) {
            return new Taken(taken.item().value(), taken.title(), taken.moved());
        }
    }
}
