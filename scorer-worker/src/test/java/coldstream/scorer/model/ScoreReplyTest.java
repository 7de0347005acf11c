package coldstream.scorer.model;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.scorer.model.ScoreReply.Reading;
import coldstream.wire.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreReplyTest {

    @Test
    void readsScoresByLabelInAnyOrder() {
        assertThat(read("{\"scores\":[{\"id\":\"c2\",\"score\":0.25},{\"id\":\"c1\",\"score\":1}]}", 2))
                .containsExactly(1.0, 0.25);
    }

    @Test
    void readsABareListAndACodeFence() {
        String list = "[{\"id\":\"c1\",\"score\":0.5,\"why\":\"because\"}]";

        assertThat(read(list, 1)).containsExactly(0.5);
        assertThat(read("```json\n" + list + "\n```\n", 1)).containsExactly(0.5);
    }

    @Test
    void aCandidateNamedTwiceGetsTheMean() {
        assertThat(read("[{\"id\":\"c1\",\"score\":0.25},{\"id\":\"c1\",\"score\":0.75}]", 1))
                .containsExactly(0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.01", "-0.1", "70", "\"0.7\"", "\"high\"", "null", "true", "[0.5]", "1e999"})
    void whatIsNoNumberFromZeroToOneIsNoScore(String score) {
        String reply =
                "[{\"id\":\"c1\",\"score\":" + score + "},{\"id\":\"c2\",\"score\":0.5},{\"id\":\"c3\",\"score\":0}]";

        assertThat(read(reply, 3)).containsExactly(Double.NaN, 0.5, 0.0);
    }

    @Test
    void sixtyPercentAnsweredIsAnAnswerAndLessIsNot() {
        String three = "[{\"id\":\"c1\",\"score\":0.1},{\"id\":\"c3\",\"score\":0.3},{\"id\":\"c5\",\"score\":0.5}]";

        assertThat(read(three, 5)).containsExactly(0.1, Double.NaN, 0.3, Double.NaN, 0.5);
        assertThat(reply(three, 6).reading()).isEqualTo(Reading.TOO_FEW);
        assertThat(reply(three, 6).why()).isEqualTo("an answer must score 60 % of the candidates, got 3 of 6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Bad gateway</body></html>",
                "Sure! Here are the scores",
                "[{\"id\":\"c1\",\"score\":0.5}",
                "[{\"id\":\"c1\",\"score\":NaN}]",
                "{\"c1\":0.5}",
                "null",
                "0.5",
                "[]",
                "[1,2,3]",
                "{\"scores\":\"c1\"}"
            })
    void whatIsNoListOfScoresIsUnreadable(String reply) {
        assertThat(reply(reply, 1).answered()).isFalse();
        assertThat(reply(reply, 1).scores()).isEmpty();
    }

    @Test
    void aHugeAnswerIsNotEvenParsed() {
        String endless = "[" + "{\"id\":\"c1\",\"score\":0.5},".repeat(10_000) + "{\"id\":\"c1\",\"score\":0.5}]";

        assertThat(reply(endless, 1).reading()).isEqualTo(Reading.TOO_LARGE);
        assertThat(reply(endless, 1).why())
                .isEqualTo("an answer must have at most 65536 characters, got " + endless.length());
    }

    @Test
    void whatAModelThoughtBeforeItAnsweredIsDropped() {
        assertThat(read("<think>c1 is [nice]\n</think>\n[{\"id\":\"c1\",\"score\":0.5}]", 1))
                .containsExactly(0.5);
    }

    @Test
    void anAnswerAboutOtherThingsIsRefusedAsAWholeAndOneStrayIsLeftOut() {
        String four = "{\"id\":\"c1\",\"score\":0.1},{\"id\":\"c2\",\"score\":0.2},{\"id\":\"c3\",\"score\":0.3},"
                + "{\"id\":\"c4\",\"score\":0.4}";
        String stray = ",{\"id\":\"c99\",\"score\":1}";

        assertThat(read("[" + four + stray + "]", 4)).containsExactly(0.1, 0.2, 0.3, 0.4);
        assertThat(reply("[" + four + stray + stray + "]", 4).reading()).isEqualTo(Reading.UNGROUNDED);
    }

    @Test
    void aTitleNamesItsCandidateIfNoLabelDoes() {
        List<String> titles = List.of("Green tea", "Black  Tea", "Black tea", "");

        assertThat(new Grounding(titles).titles()).hasSize(4);
        assertThat(index(titles, "{\"title\":\"green TEA\"}")).isZero();
        assertThat(index(titles, "{\"title\":\"black tea\"}"))
                .as("two are called so")
                .isEqualTo(-1);
        assertThat(index(titles, "{\"title\":\"\"}")).isEqualTo(-1);
        assertThat(index(titles, "{\"title\":\"coffee\"}")).isEqualTo(-1);
        assertThat(index(titles, "{\"id\":7,\"title\":\"green tea\"}")).isEqualTo(-1);
    }

    @Test
    void aLabelWithTheTitleOfAnotherNamesNobody() {
        List<String> titles = List.of("Green tea", "Black tea", "");

        assertThat(index(titles, "{\"id\":\"c2\",\"title\":\"Black t\"}")).isEqualTo(1);
        assertThat(index(titles, "{\"id\":\"c2\",\"title\":\"Green tea\"}")).isEqualTo(-1);
        assertThat(index(titles, "{\"id\":\"c3\",\"title\":\"made up\"}"))
                .as("it has no title to be wrong about")
                .isEqualTo(2);
    }

    @Test
    void everyEntryIsCountedByWhatItCameTo() {
        String mixed = "[{\"id\":\"c1\",\"score\":0.5},{\"id\":\"c1\",\"score\":0.6},{\"id\":\"c2\",\"score\":7},"
                + "{\"id\":\"c2\",\"score\":\"x\"},{\"id\":\"c9\",\"score\":1},3]";

        assertThat(reply(mixed, 2).entries())
                .containsOnly(
                        Map.entry(ScoreReply.Entry.SCORED, 1),
                        Map.entry(ScoreReply.Entry.DUPLICATE, 1),
                        Map.entry(ScoreReply.Entry.OUT_OF_RANGE, 1),
                        Map.entry(ScoreReply.Entry.NOT_A_NUMBER, 1),
                        Map.entry(ScoreReply.Entry.UNGROUNDED, 1),
                        Map.entry(ScoreReply.Entry.MALFORMED, 1));
    }

    /** Good answers with characters changed, dropped and doubled: never an exception, never a score outside [0, 1]. */
    @Test
    void whateverComesItIsScoresOrNoAnswer() {
        String good =
                "```json\n{\"scores\":[{\"id\":\"c1\",\"score\":0.5},{\"id\":\"c2\",\"score\":1},{\"id\":\"c3\",\"score\":0}]}\n```";
        String pieces = "{}[]\",:c123456789.-+eENaIl\n <>`\u0660\uffff";
        Random random = new Random(11);
        int answered = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int k = random.nextInt(4); k >= 0; k--) {
                int at = random.nextInt(text.length());
                char piece = pieces.charAt(random.nextInt(pieces.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, piece);
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, piece);
                }
            }
            ScoreReply read = reply(text.toString(), 3);
            answered += read.answered() ? 1 : 0;
            assertThat(read.scores())
                    .hasSize(read.answered() ? 3 : 0)
                    .allMatch(score -> Double.isNaN(score) || (score >= 0 && score <= 1));
        }
        assertThat(answered).as("some survive").isBetween(1_000, 19_000);
    }

    private static int index(List<String> titles, String entry) {
        try {
            return new Grounding(titles).candidate(Json.mapper().readTree(entry));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static ScoreReply reply(String text, int candidates) {
        return ScoreReply.read(text, Collections.nCopies(candidates, ""));
    }

    private static List<Double> read(String reply, int candidates) {
        ScoreReply read = reply(reply, candidates);
        assertThat(read.why()).isEmpty();
        return read.scores();
    }
}
