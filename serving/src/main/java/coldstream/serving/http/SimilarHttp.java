package coldstream.serving.http;

import coldstream.domain.ItemId;
import coldstream.model.Likeness;
import coldstream.service.ProblemException;
import coldstream.serving.CurrentVersion.Lease;
import coldstream.serving.LoadedVersion;
import coldstream.serving.ModelReference;
import coldstream.serving.Recommender;
import coldstream.serving.Recommender.Ranked;
import coldstream.serving.canary.Router;
import coldstream.serving.http.RecommendationHttp.Line;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code GET /v1/similar?item=…&k=…&by=text|rows}: what is like an item, whoever asks. */
final class SimilarHttp {

    private final Router router;
    private final int maxItems;

    SimilarHttp(Router router, int maxItems) {
        this.router = router;
        this.maxItems = maxItems;
    }

    void similar(Context context) {
        ItemId item = Query.item(context);
        int k = Query.k(context, maxItems);
        Optional<Likeness> wanted = by(context);
        try (Lease lease = router.champion().orElseThrow(Query::noChampion)) {
            LoadedVersion version = lease.version();
            if (version.shelf().find(item).isEmpty()) {
                throw new ProblemException(404, "Not found", "the item must be in the catalogue, got " + item.value());
            }
            Likeness by = wanted.orElse(Likeness.TEXT);
            Optional<List<Ranked>> found = Recommender.similar(version, item, by, k);
            if (found.isEmpty() && wanted.isEmpty()) {
                by = Likeness.ROWS;
                found = Recommender.similar(version, item, by, k);
            }
            Query.answer(
                    context,
                    new Answer(
                            item.value(),
                            by.name().toLowerCase(Locale.ROOT),
                            Line.of(found.orElse(List.of())),
                            ModelReference.of(version)));
        }
    }

    /** What is compared; nothing where the service may choose: texts, or rows where the item has no text. */
    private static Optional<Likeness> by(Context context) {
        String by = context.queryParam("by");
        if (by == null) {
            return Optional.empty();
        }
        for (Likeness one : Likeness.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(by)) {
                return Optional.of(one);
            }
        }
        throw Query.badRequest("by must be text or rows, got " + by);
    }

    /**
     * @param by what was compared: {@code text}, the item texts' vectors, or {@code rows}, what was learnt of the items
     * @param items most alike first; none where the item has nothing to compare
     */
    private record Answer(String item, String by, List<Line> items, ModelReference model) {}
}
