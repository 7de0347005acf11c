package coldstream.scorer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    @Test
    void anIdThatWasNotAskedIsLeftOut() {
        assertThat(read("[{\"id\":\"c1\",\"score\":0.5},{\"id\":\"c9\",\"score\":1},{\"id\":\"x\",\"score\":1}]", 1))
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
        assertThat(ScoreReply.read(three, 6))
                .isEqualTo(new ScoreReply.Unreadable("an answer must score 60 % of the candidates, got 3 of 6"));
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
        assertThat(ScoreReply.read(reply, 1)).isInstanceOf(ScoreReply.Unreadable.class);
    }

    @Test
    void aHugeAnswerIsNotEvenParsed() {
        String endless = "[" + "{\"id\":\"c1\",\"score\":0.5},".repeat(10_000) + "{\"id\":\"c1\",\"score\":0.5}]";

        assertThat(ScoreReply.read(endless, 1))
                .isEqualTo(new ScoreReply.Unreadable(
                        "an answer must have at most 65536 characters, got " + endless.length()));
    }

    private static List<Double> read(String reply, int candidates) {
        return ((ScoreReply.Answered) ScoreReply.read(reply, candidates)).scores();
    }
}
