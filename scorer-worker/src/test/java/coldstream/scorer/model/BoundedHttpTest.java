package coldstream.scorer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.scorer.Items;
import coldstream.scorer.model.OpenAiEndpoint.Format;
import coldstream.testkit.chat.ChatEndpoint;
import coldstream.testkit.chat.ChatReplies;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedHttpTest {

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    @Test
    void aCallToAnybodyElseIsRefusedBeforeItLeaves() {
        try (ChatEndpoint elsewhere = ChatEndpoint.start()) {
            var client = BoundedHttp.to(asking.at(Format.TEXT, Asking.PATIENCE)).build();
            HttpRequest request = HttpRequest.builder()
                    .method(HttpMethod.POST)
                    .url(elsewhere.url() + "/chat/completions")
                    .body("{}")
                    .build();

            assertThatThrownBy(() -> client.execute(request))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("only the configured host is called");
            assertThat(elsewhere.count()).isZero();
        }
    }

    @ParameterizedTest(name = "Retry-After: {0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0                             | PT0S
            120                           | PT2M
            86400                         | PT1H
            Wed, 21 Oct 2065 07:28:00 GMT | PT1H
            Wed, 21 Oct 2015 07:28:00 GMT | none
            -5                            | none
            soon                          | none
            99999999999999999999          | none
            """)
    void aWishToBeLeftAloneIsReadAndBounded(String header, String expected) {
        asking.endpoint.always(
                call -> ChatReplies.overloaded(Duration.ZERO).to(call).header("Retry-After", header));

        assertThat(asking.list().score(Items.catalogue(1), Items.catalogue(3)))
                .isInstanceOfSatisfying(TryAgain.class, again -> assertThat(again.after())
                        .isEqualTo(expected.equals("none") ? Optional.empty() : Optional.of(Duration.parse(expected))));
    }
}
