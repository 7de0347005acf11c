package coldstream.app.evaluate.prequential;

import coldstream.app.dataset.CacheFolder;
import coldstream.app.evaluate.teacher.Teacher;
import coldstream.app.evaluate.teacher.Teachers;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.LabelRules;
import coldstream.domain.SoftScores;
import coldstream.textencoder.BgeSmallEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The text encoder as a teacher of a fixed set of interactions. */
public final class TextTeacher {

    private static final double AUDIT_RATE = 0.02;

    private TextTeacher() {}

    /** The vectors of the items' texts, from the cache where they are there. */
    public static List<ItemVector> vectors(List<Item> items, Consumer<String> progress) {
        int threads = Math.max(1, Math.min(64, Runtime.getRuntime().availableProcessors()));
        try (var encoder = new BgeSmallEncoder(threads)) {
            return new TextVectorCache(encoder, CacheFolder.of(System.getenv()))
                    .vectors(items, left -> progress.accept("encoding texts: %,d left".formatted(left)));
        }
    }

    /**
     * Asks as ingest would along these interactions, and keeps the newest answer for each user.
     *
     * @param interactions by time, nothing but what may be known
     */
    public static List<SoftScores> answers(
            List<Item> items, List<ItemVector> vectors, Stream<Interaction> interactions, Consumer<String> progress) {
        var ingest = new LocalIngest(LabelRules.IMPLICIT, AUDIT_RATE);
        Teacher teacher = Teachers.of("encoder", items, () -> vectors, Stream::of, LabelRules.IMPLICIT);
        Map<String, SoftScores> newest = new LinkedHashMap<>();
        AtomicInteger events = new AtomicInteger();
        interactions.forEachOrdered(interaction -> {
            for (SoftScores scores : ingest.accept(interaction).ask(teacher)) {
                newest.merge(
                        scores.user().value(),
                        scores,
                        (old, next) -> next.historyVersion() >= old.historyVersion() ? next : old);
            }
            if (events.incrementAndGet() % 1_000 == 0) {
                progress.accept("asking the teacher: %,d events".formatted(events.get()));
            }
        });
        return List.copyOf(newest.values());
    }
}
