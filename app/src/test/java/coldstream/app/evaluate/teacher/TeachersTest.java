package coldstream.app.evaluate.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.app.dataset.SimulatedShop;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.LabelRules;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TeachersTest {

    private static final SimulatedShop SHOP = new SimulatedShop(4_000, 6);
    private static final List<Item> ITEMS = SHOP.items().toList();
    private static final List<Interaction> EVENTS = SHOP.interactions().toList();

    @Test
    void randomVectorsSayNothingAboutWhoTakesWhat() {
        assertThat(knowsWhatComesNext(teacher("random").vectors())).isEqualTo(0.5, within(0.05));
    }

    @Test
    void theOraclesVectorsAreCloseForItemsOfOneUser() {
        assertThat(knowsWhatComesNext(teacher("oracle").vectors())).isGreaterThan(0.7);
    }

    @Test
    void shufflingKeepsTheVectorsAndLosesWhoseTheyAre() {
        List<ItemVector> shuffled = teacher("shuffled").vectors();

        assertThat(shuffled)
                .extracting(ItemVector::vector)
                .containsExactlyInAnyOrderElementsOf(
                        texts().stream().map(ItemVector::vector).toList())
                .isNotEqualTo(texts().stream().map(ItemVector::vector).toList());
        assertThat(shuffled)
                .extracting(ItemVector::item)
                .isEqualTo(texts().stream().map(ItemVector::item).toList());
        assertThat(shuffled.get(0).encoder()).isNotEqualTo(texts().get(0).encoder());
    }

    @Test
    void theOraclePutsWhatTheUserTakesNextFirst() {
        Teacher oracle = teacher("oracle");
        UserId user = EVENTS.get(0).user();
        List<ItemId> ofUser = EVENTS.stream()
                .filter(event -> event.user().equals(user))
                .map(Interaction::item)
                .toList();
        oracle.taken(user, ofUser.get(0));
        oracle.taken(user, ofUser.get(1));

        SoftScores answer = oracle.answer(request(user, ofUser.subList(0, 2))).orElseThrow();

        assertThat(answer.scores().stream()
                        .filter(score -> score.score() == 1)
                        .map(ItemScore::item)
                        .filter(item -> !answer.hidden().equals(java.util.Optional.of(item))))
                .containsExactlyInAnyOrderElementsOf(
                        ofUser.subList(2, 5).stream().distinct().toList());
        assertThat(answer.scores()).extracting(ItemScore::item).doesNotHaveDuplicates();
        assertThat(answer.scores()).hasSizeGreaterThan(10).anyMatch(score -> score.score() == 0);
    }

    @Test
    void aTailItemIsAskedAboutForUsersWhoWereAskedAboutBefore() {
        Teacher teacher = teacher("tail-users");
        UserId early = EVENTS.get(0).user();
        UserId late = new UserId("somebody else");
        ItemId taken = ITEMS.get(0).item();
        ItemId rare = ITEMS.get(1).item();
        ScoreRequest before = request(early, List.of(taken));

        assertThat(teacher.answers(before)).hasSize(1);
        List<SoftScores> answers = teacher.answers(new ScoreRequest(
                "rare",
                late,
                List.of(rare),
                ScoreRequest.Reason.TAIL_ITEM,
                List.of(),
                1,
                Instant.EPOCH,
                Instant.EPOCH));

        assertThat(answers).extracting(SoftScores::user).containsExactly(late, early);
        assertThat(answers.get(1).scores()).extracting(ItemScore::item).contains(rare);
        assertThat(answers.get(1).historyVersion()).isEqualTo(before.historyVersion());
    }

    @Test
    void nobodyElseIsATeacher() {
        assertThatThrownBy(() -> teacher("parrot"))
                .hasMessage("teacher must be one of [encoder, tail-users, random, shuffled, oracle], got parrot");
    }

    private static ScoreRequest request(UserId user, List<ItemId> history) {
        return new ScoreRequest(
                "request", user, history, ScoreRequest.Reason.COLD_USER, List.of(), 2, Instant.EPOCH, Instant.EPOCH);
    }

    private static Teacher teacher(String name) {
        return Teachers.of(name, ITEMS, TeachersTest::texts, EVENTS::stream, LabelRules.IMPLICIT);
    }

    /** Something that differs from item to item. */
    private static List<ItemVector> texts() {
        return IntStream.range(0, ITEMS.size())
                .mapToObj(place -> new ItemVector(
                        ITEMS.get(place).item(), "texts", "hash" + place, TextVector.of(1, place, place % 7)))
                .toList();
    }

    /** How often a user's last item is closer to the user's first two than somebody else's item is. */
    private static double knowsWhatComesNext(List<ItemVector> vectors) {
        Map<ItemId, float[]> byItem = new HashMap<>();
        vectors.forEach(vector -> byItem.put(vector.item(), vector.vector().toArray()));
        Map<UserId, List<ItemId>> byUser = EVENTS.stream()
                .collect(Collectors.groupingBy(
                        Interaction::user, TreeMap::new, Collectors.mapping(Interaction::item, Collectors.toList())));
        var random = new Random(1);
        double won = 0;
        int compared = 0;
        for (List<ItemId> own : byUser.values()) {
            for (int draw = 0; draw < 20 && own.size() > 2; draw++) {
                ItemId last = own.get(own.size() - 1);
                ItemId other = EVENTS.get(random.nextInt(EVENTS.size())).item();
                if (!own.contains(other) && !own.subList(0, 2).contains(last)) {
                    double lead = 0;
                    for (ItemId early : own.subList(0, 2)) {
                        lead += cosine(byItem, early, last) - cosine(byItem, early, other);
                    }
                    won += lead > 0 ? 1 : 0;
                    compared++;
                }
            }
        }
        return won / compared;
    }

    private static double cosine(Map<ItemId, float[]> vectors, ItemId one, ItemId other) {
        float[] a = Objects.requireNonNull(vectors.get(one));
        float[] b = Objects.requireNonNull(vectors.get(other));
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int k = 0; k < a.length; k++) {
            product += a[k] * b[k];
            squareA += a[k] * a[k];
            squareB += b[k] * b[k];
        }
        return product / Math.sqrt(squareA * squareB);
    }
}
