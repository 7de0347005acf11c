package coldstream.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.registry.RunningRegistry;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(Lifecycle.PER_CLASS)
class MlflowErrorsTest {

    private static final String API = "/api/2.0/mlflow/";

    private final RunningRegistry registry;

    MlflowErrorsTest(@TempDir Path folder) {
        registry = RunningRegistry.start(folder);
    }

    @AfterAll
    void stop() {
        registry.close();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3} {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | registered-models/get?name=none | | 404 | RESOURCE_DOES_NOT_EXIST",
                "GET  | registered-models/get | | 400 | INVALID_PARAMETER_VALUE",
                "GET  | registered-models/alias?name=none&alias=champion | | 404 | RESOURCE_DOES_NOT_EXIST",
                "GET  | registered-models/search?max_results=0 | | 400 | INVALID_PARAMETER_VALUE",
                "GET  | registered-models/search?max_results=many | | 400 | INVALID_PARAMETER_VALUE",
                "GET  | registered-models/search?filter=name%20or%201=1 | | 400 | INVALID_PARAMETER_VALUE",
                "GET  | registered-models/search?filter=password%20%3D%20%27x%27 | | 400 | INVALID_PARAMETER_VALUE",
                "GET  | registered-models/search?order_by=name%3Bdrop | | 400 | INVALID_PARAMETER_VALUE",
                "GET  | registered-models/search?page_token=x | | 400 | INVALID_PARAMETER_VALUE",
                "GET  | model-versions/get?name=none&version=1 | | 404 | RESOURCE_DOES_NOT_EXIST",
                "POST | registered-models/create | not json | 400 | INVALID_PARAMETER_VALUE",
                "POST | registered-models/create | [] | 400 | INVALID_PARAMETER_VALUE",
                "POST | registered-models/create | {\"name\":\"../up\"} | 400 | INVALID_PARAMETER_VALUE",
                "POST | registered-models/create | {\"name\":{\"a\":1}} | 400 | INVALID_PARAMETER_VALUE",
                "POST | registered-models/alias | {\"name\":\"none\",\"alias\":\"a\",\"version\":\"1\"} | 404 | RESOURCE_DOES_NOT_EXIST",
                "POST | model-versions/create | {\"name\":\"none\",\"source\":\"mlflow-artifacts:/staging/x\"} | 404 | RESOURCE_DOES_NOT_EXIST",
                "GET  | nowhere | | 404 | ENDPOINT_NOT_FOUND",
            })
    void saysWhatIsWrongAsMlflowWould(String method, String path, String body, int status, String code) {
        HttpResponse<String> answer = method.equals("GET") ? registry.get(API + path) : registry.post(API + path, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.body()).contains("\"error_code\":\"" + code + "\"", "\"message\":\"");
    }

    /** Sent in chunks, whose sum nobody announces. */
    @Test
    void aBodyThatIsTooLargeIsNotReadToItsEnd() {
        HttpResponse<String> answer =
                registry.send(HttpRequest.newBuilder(registry.url().resolve(API + "registered-models/create"))
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[(4 << 20) + 1]))));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"error_code\":\"RESOURCE_LIMIT_EXCEEDED\"");
    }
}
