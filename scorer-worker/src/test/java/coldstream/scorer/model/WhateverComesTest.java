package coldstream.scorer.model;

import static coldstream.testkit.chat.ChatReplies.anotherLanguage;
import static coldstream.testkit.chat.ChatReplies.content;
import static coldstream.testkit.chat.ChatReplies.cut;
import static coldstream.testkit.chat.ChatReplies.duplicates;
import static coldstream.testkit.chat.ChatReplies.everyScore;
import static coldstream.testkit.chat.ChatReplies.failing;
import static coldstream.testkit.chat.ChatReplies.garbage;
import static coldstream.testkit.chat.ChatReplies.html;
import static coldstream.testkit.chat.ChatReplies.huge;
import static coldstream.testkit.chat.ChatReplies.overloaded;
import static coldstream.testkit.chat.ChatReplies.refusing;
import static coldstream.testkit.chat.ChatReplies.thinking;
import static coldstream.testkit.chat.ChatReplies.unknownLabels;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.scorer.Items;
import coldstream.testkit.chat.ChatMind;
import coldstream.testkit.chat.ChatReply;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Four hundred requests to an endpoint that does something else every time: nothing but scores in [0, 1], and the sums agree. */
class WhateverComesTest {

    private static final int REQUESTS = 400;
    private static final ChatReply GOOD = thinking(ChatMind.byWords());
    private static final List<ChatReply> ANYTHING = List.of(
            GOOD,
            GOOD,
            content("no"),
            content(""),
            cut(GOOD),
            duplicates(),
            anotherLanguage(),
            everyScore("NaN"),
            everyScore("-1e400"),
            everyScore("\"\u0660\u066b\u0665\""),
            failing(500),
            failing(400),
            failing(401),
            garbage(),
            html(),
            huge(200_000),
            huge(2_000_000),
            overloaded(Duration.ofSeconds(1)),
            refusing("seed", GOOD),
            unknownLabels());

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    @Test
    void everyOutcomeIsScoresOrAFaultAndEveryCallIsCounted() {
        Random random = new Random(5);
        asking.endpoint.always(
                call -> ANYTHING.get(random.nextInt(ANYTHING.size())).to(call));
        LanguageModelScorer scorer = Asking.without(
                new ItemPrior(50, asking.metrics),
                new PermutedScorer(asking.list(), 2, new PositionBias(asking.metrics)));
        List<Item> items = Items.catalogue(60);
        long calls = 0;
        int scored = 0;

        for (int i = 0; i < REQUESTS; i++) {
            List<Item> candidates = items.subList(i % 30, i % 30 + 20);
            Outcome outcome = scorer.score(items.subList(i % 50, i % 50 + 3), candidates);
            calls += outcome.usage().calls();
            if (outcome instanceof Scored some) {
                scored++;
                assertThat(some.scores())
                        .hasSize(20)
                        .allMatch(score -> Double.isNaN(score) || (score >= 0 && score <= 1));
                assertThat(some.scores().stream()
                                .filter(score -> !Double.isNaN(score))
                                .count())
                        .isGreaterThanOrEqualTo(12);
            }
        }

        assertThat(scored).isBetween(REQUESTS / 20, REQUESTS);
        double answered = asking.count("coldstream.llm.calls", "result", "answered");
        assertThat(sum("coldstream.llm.calls")).isEqualTo((double) asking.endpoint.count());
        assertThat(sum("coldstream.llm.answers")).isEqualTo(answered);
        assertThat((double) asking.endpoint.count() - calls)
                .as("calls that found out what the endpoint refuses")
                .isEqualTo(sum("coldstream.llm.parameters.refused"));
    }

    private double sum(String name) {
        return asking.meters.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
