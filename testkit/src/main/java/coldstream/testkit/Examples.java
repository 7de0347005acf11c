package coldstream.testkit;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Plain examples of the domain's values. */
public final class Examples {

    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    public static final UserId ANN = new UserId("ann");
    public static final UserId BOB = new UserId("bob");
    public static final ItemId FILM = new ItemId("film");
    public static final ItemId BOOK = new ItemId("book");
    public static final ItemId SONG = new ItemId("song");

    private Examples() {}

    public static Interaction click(String eventId, UserId user, ItemId item, Instant at) {
        return interaction("click", eventId, user, item, OptionalDouble.empty(), at);
    }

    public static Interaction rating(String eventId, UserId user, ItemId item, double stars, Instant at) {
        return interaction("rating", eventId, user, item, OptionalDouble.of(stars), at);
    }

    public static Interaction interaction(
            String type, String eventId, UserId user, ItemId item, OptionalDouble value, Instant at) {
        return new Interaction(eventId, "test", type, user, item, value, Optional.empty(), at, Map.of());
    }

    public static Item item(ItemId item, String title, String... categories) {
        return new Item(item, title, Arrays.asList(categories), Optional.empty(), Optional.empty(), Map.of());
    }

    public static ItemVector vector(ItemId item, float... values) {
        return new ItemVector(item, "test-encoder", "hash-of-" + item, TextVector.of(values));
    }

    /** A positive of a user with this history, of an item taken {@code itemCount} times before. */
    public static Sample sample(String id, UserId user, ItemId item, List<ItemId> history, long itemCount, Instant at) {
        return new Sample(
                id,
                user,
                item,
                1,
                OptionalDouble.empty(),
                1,
                history,
                history.size(),
                itemCount,
                history.size() <= 3,
                false,
                at,
                at);
    }

    public static ScoreRequest request(String id, UserId user, List<ItemId> history) {
        return new ScoreRequest(
                id, user, history, ScoreRequest.Reason.COLD_USER, List.of(), history.size(), NOON, NOON);
    }

    /** A profile of a user with so many positives. */
    public static TasteProfile profile(UserId user, long historyVersion, float... vector) {
        float[] values = vector.length == 0 ? new float[] {1} : vector;
        return new TasteProfile(
                user,
                "likes what is new",
                TextVector.of(values),
                "test-encoder",
                "test-model",
                "test-prompt",
                historyVersion,
                NOON,
                NOON);
    }

    /** Scores in the order of a request that nobody hid anything from. */
    public static SoftScores scores(String requestId, UserId user, SoftScores.ItemScore... scores) {
        return new SoftScores(
                requestId,
                user,
                Arrays.asList(scores),
                Optional.empty(),
                "test-model",
                "test-prompt",
                1,
                NOON,
                scores.length,
                NOON);
    }
}
