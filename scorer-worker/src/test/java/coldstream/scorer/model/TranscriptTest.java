package coldstream.scorer.model;

import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.model.Asking.titled;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.scorer.model.OpenAiEndpoint.Format;
import coldstream.scorer.model.Transcript.Heard;
import coldstream.testkit.chat.ChatReplies;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    @Test
    void holdsPromptAndAnswerLetterByLetterAsTheyWentOverTheWire() {
        asking.endpoint.always(ChatReplies.content("{\"scores\":\n[]}"));
        LanguageModelScorer scorer = asking.list();
        List<Item> items = catalogue(4);

        Heard<Outcome> heard = Transcript.during(() -> scorer.score(items.subList(0, 1), items));

        assertThat(heard.calls()).hasSize(2); // no list of scores is asked for once more
        assertThat(heard.calls().get(0).question())
                .isEqualTo(Prompt.scores().question(items.subList(0, 1), items))
                .isEqualTo(asking.endpoint.calls().get(0).message("user"));
        assertThat(heard.calls().get(0).instruction())
                .isEqualTo(asking.endpoint.calls().get(0).message("system"));
        assertThat(heard.calls().get(0).answer()).isEqualTo("{\"scores\":\n[]}");
    }

    @Test
    void hidesWhatAnEndpointRepeatsOfTheKeyAndWhatLooksLikeASecret() {
        asking.endpoint.always(ChatReplies.content("Bearer abc " + Asking.KEY + " ann@example.org \u001b[2J"));

        Heard<Outcome> heard =
                Transcript.during(() -> asking.list().score(List.of(titled("a", "call 0170 123 45678")), catalogue(4)));

        assertThat(heard.calls().get(0).answer())
                .doesNotContain("abc", Asking.KEY, "ann@", "\u001b")
                .contains("(hidden)");
        assertThat(heard.calls().get(0).question()).doesNotContain("45678");
    }

    @Test
    void isBoundedHoweverMuchIsSaid() {
        asking.endpoint.always(ChatReplies.huge(200_000));
        LanguageModelScorer scorer = asking.list();

        Heard<Outcome> heard = Transcript.during(() -> {
            for (int i = 0; i < 4; i++) {
                scorer.score(catalogue(1), catalogue(4));
            }
            return scorer.score(catalogue(1), catalogue(4));
        });

        assertThat(heard.calls()).hasSize(Transcript.CALLS);
        assertThat(heard.calls().size() + heard.more()).isEqualTo(10);
        assertThat(heard.calls()).allSatisfy(call -> assertThat(call.answer()).hasSizeLessThanOrEqualTo(4_000));
    }

    @Test
    void hearsWhatOtherThreadsAskForTheSameRequestAndNothingOfOthers() {
        asking.endpoint.always(ChatReplies.thinking((prompt, label) -> 0.5));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            LanguageModelScorer scorer = new YesNoScorer(
                    new OpenAiChat(asking.at(Format.TEXT, Asking.PATIENCE), asking.metrics),
                    new YesNo(1),
                    threads,
                    Asking.PATIENCE,
                    asking.metrics);
            scorer.score(catalogue(1), catalogue(5));

            Heard<Outcome> heard = Transcript.during(() -> scorer.score(catalogue(1), catalogue(5)));

            assertThat(heard.calls().size() + heard.more()).isEqualTo(5);
            assertThat(heard.calls().get(0).answer()).contains("ln p");
        } finally {
            threads.shutdownNow();
        }
    }
}
