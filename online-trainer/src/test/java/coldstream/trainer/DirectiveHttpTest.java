package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.service.BearerToken;
import coldstream.service.Secret;
import coldstream.service.ServiceHttp;
import coldstream.wire.Directive;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectiveHttpTest {

    private static final String RAISE =
            "{\"id\":\"d-1\",\"kind\":\"raise-rates\",\"factor\":2,\"samples\":500,\"why\":\"a new season\"}";

    private final List<Directive> taken = new ArrayList<>();

    private HttpResponse<String> post(DirectiveHttp door, String body, String... headers) throws Exception {
        try (ServiceHttp http = ServiceHttp.builder("127.0.0.1", 0, new SimpleMeterRegistry())
                .routes(door::addTo)
                .start()) {
            URI uri = URI.create("http://127.0.0.1:" + http.port() + "/v1/directives");
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return send(request.build());
        }
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private DirectiveHttp open() {
        return new DirectiveHttp(Optional.empty(), true, taken::add);
    }

    @Test
    void aDirectiveIsTakenAndAnsweredWithItsId() throws Exception {
        HttpResponse<String> answer = post(open(), RAISE);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"id\":\"d-1\"", "\"state\":\"waiting\"");
        assertThat(taken).containsExactly(Directive.raiseRates("d-1", 2, 500, "a new season"));
    }

    @Test
    void oneWithoutAnIdGetsOne() throws Exception {
        assertThat(post(open(), "{\"kind\":\"reset-gate\",\"why\":\"a new model\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(taken.get(0).id()).startsWith("by-hand-");
    }

    @Test
    void whatBreaksARuleIsRefusedWithTheRule() throws Exception {
        assertThat(post(open(), RAISE.replace("2,", "20,")).body()).contains("at most 10, got 20");
        assertThat(post(open(), "{\"kind\":\"forget-all\",\"why\":\"\"}").statusCode())
                .isEqualTo(422);
        assertThat(post(open(), "{\"kind\":\"raise-rates\",\"why\":\"\"}").body())
                .contains("factor and samples");
        assertThat(post(open(), "no json").statusCode()).isEqualTo(422);
        assertThat(taken).isEmpty();
    }

    @Test
    void aTokenThatIsSetMustBeCarried() throws Exception {
        var door = new DirectiveHttp(Optional.of(new BearerToken(new Secret("s3cret"))), true, taken::add);

        assertThat(post(door, RAISE).statusCode()).isEqualTo(401);
        assertThat(post(door, RAISE, "Authorization", "Bearer other").statusCode())
                .isEqualTo(401);
        assertThat(taken).isEmpty();
        assertThat(post(door, RAISE, "Authorization", "Bearer s3cret").statusCode())
                .isEqualTo(202);
    }

    @Test
    void withoutATokenOnlyATrainerNobodyElseReachesTakesAny() throws Exception {
        var door = new DirectiveHttp(Optional.empty(), false, taken::add);

        HttpResponse<String> answer = post(door, RAISE);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("trainer.token must be set");
    }

    @Test
    void aTrainerThatTakesNoneNowSaysSo() throws Exception {
        HttpResponse<String> answer = post(new DirectiveHttp(Optional.empty(), true, directive -> false), RAISE);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }
}
