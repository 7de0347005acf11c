package coldstream.app.registry;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.CommandLines;
import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.StratumMetrics;
import coldstream.registry.RegistryService;
import coldstream.service.Settings;
import coldstream.wire.Json;
import coldstream.wire.PromotionClient;
import coldstream.wire.RegistryClient;
import coldstream.wire.SnapshotFolder;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a registry that listens, is locked, and wants a person's approval. */
class RegistryCommandTest {

    private static final String TOKEN = "s3cret";
    private static final PairedMetrics GOOD =
            new PairedMetrics(1_000, 1_000, 3_000, 500, 0.91, 0.9, 0.001, 0.4, 0.41, 0.001, 1.02, 1.1);

    private final Path folder;
    private final RegistryService service;
    private final RegistryClient registry;
    private final PromotionClient promotion;
    private String out = "";
    private String err = "";

    RegistryCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        service = RegistryService.create(
                Settings.of(
                        RegistryService.settings(),
                        Map.of(
                                "data-directory", folder.resolve("data").toString(),
                                "registry.port", "0",
                                "registry.token", TOKEN,
                                "registry.approval", "true",
                                "kafka.bootstrap-servers", "127.0.0.1:1")),
                new SimpleMeterRegistry());
        service.start();
        registry = new RegistryClient(url(), Optional.of(TOKEN));
        promotion = new PromotionClient(url(), Optional.of(TOKEN), 1, Duration.ZERO, "test");
        publish("one", "dcnv2", 0.8);
        publish("two", "deepfm", 0.85);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    private void publish(String content, String backbone, double auc) throws IOException {
        Path snapshot = folder.resolve(content);
        Files.createDirectories(snapshot);
        Files.writeString(snapshot.resolve("dense.safetensors"), content);
        var overall = new StratumMetrics(auc, auc - 0.01, auc + 0.01, 0.5, 1_000);
        var manifest = new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                "ctr",
                Optional.empty(),
                Instant.parse("2026-01-01T12:00:00Z"),
                7,
                8,
                Map.of("coldstream.samples.v1-0", (long) content.length()),
                Optional.empty(),
                1_000,
                Optional.empty(),
                Optional.empty(),
                42,
                Map.of("backbone", backbone, "seed", "42"),
                "hash",
                "unknown",
                Map.of("overall", overall),
                Map.of("overall", overall),
                SnapshotFolder.digests(snapshot));
        Files.write(snapshot.resolve(SnapshotManifest.FILE_NAME), Json.write(manifest));
        registry.publish("ctr", snapshot);
    }

    @AfterEach
    void close() {
        service.close();
    }

    /** A person's day with the registry, command by command. */
    @Test
    void fromAPendingVersionToARollbackEveryStepIsShownAndInTheHistory() {
        assertThat(run("why")).isZero();
        assertThat(out).contains("champion   none").contains("waits      1 for a person");

        assertThat(run("approve", "1", "--why", "it is the first")).isZero();
        assertThat(out).contains("champion   1");
        promotion.post("ctr", List.of(evidence("2", "1")));
        assertThat(run("why")).isZero();
        assertThat(out)
                .contains("waits      2 for a person")
                .contains("version 2 against version 1, the same events, 12 steps judged")
                .containsPattern("overall +0\\.9100 +0\\.9000 +\\+0\\.0100 +\\[\\+0\\.0080, \\+0\\.0120\\]")
                .contains("overall.difference = 0.0100")
                .containsPattern("registry.approval +true");

        assertThat(run("approve", "candidate", "--why", "looks right")).isZero();
        assertThat(out).contains("champion   2").contains("before it  1");
        assertThat(run("freeze", "--why", "a sale", "--for", "2h")).isZero();
        assertThat(out).contains("frozen     since").contains("until").contains("a sale");
        assertThat(run("freeze", "--end", "--why", "it is over")).isZero();
        assertThat(run("rollback", "--why", "complaints")).isZero();
        assertThat(out).contains("champion   1").contains("cools down until");
        assertThat(run("promote", "2", "--canary", "0.25", "--why", "once more"))
                .isZero();
        assertThat(out).contains("canary     2 for 25.0 % of the users");

        assertThat(run("history", "--decisions")).isZero();
        assertThat(out.lines().skip(1).map(line -> line.split(" {2,}", -1)[1]))
                .containsExactly(
                        "pending",
                        "promoted",
                        "pending",
                        "promoted",
                        "frozen",
                        "thawed",
                        "rolled back",
                        "canary started");
        assertThat(out).contains("token from 127.0.0.1 (coldstream registry by " + System.getProperty("user.name"));
        assertThat(run("why", "--of", "2")).isZero();
        assertThat(out).contains("looks right").contains("once more");
    }

    @Test
    void twoVersionsAreShownSideBySide() {
        assertThat(run("diff", "1", "challenger")).isZero();

        assertThat(out)
                .containsPattern(
                        "overall +0\\.8000 \\[0\\.7900, 0\\.8100\\] of 1000 +0\\.8500 \\[0\\.8400, 0\\.8600\\]")
                .containsPattern("backbone +dcnv2 +deepfm")
                .containsPattern("continues +nothing")
                .containsPattern("coldstream.samples.v1-0 +3 +3");
    }

    @Test
    void machinesReadTheSameAsJson() throws IOException {
        assertThat(run("why", "--json")).isZero();
        JsonNode why = Json.mapper().readTree(out);
        assertThat(why.path("standing").path("pending").path("version").asText())
                .isEqualTo("1");
        assertThat(why.path("decisions").path(0).path("kind").asText()).isEqualTo("PENDING");

        assertThat(run("history", "--json", "--limit", "2")).isZero();
        assertThat(Json.mapper().readTree(out)).hasSize(2);
        assertThat(run("diff", "1", "2", "--json")).isZero();
        assertThat(Json.mapper()
                        .readTree(out)
                        .path("other")
                        .path("version")
                        .path("version")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void whatIsRefusedFailsInOneLineAndWhatIsOutOfReachInAnotherStatus() throws IOException {
        assertThat(run("promote", "9", "--why", "x")).isEqualTo(1);
        assertThat(err)
                .isEqualToIgnoringNewLines("coldstream: RESOURCE_DOES_NOT_EXIST: the version of ctr must exist, got 9");
        assertThat(run("why", "--of", "9")).isEqualTo(1);
        assertThat(err).contains("the version of ctr must exist, got 9");
        assertThat(run("why", "--of", "2")).isZero();
        assertThat(out).contains("nothing was decided about version 2");
        assertThat(run("history", "--limit", "0")).isEqualTo(1);
        assertThat(err).contains("--limit must be positive, got 0");
        assertThat(execute("registry", "restore", "nowhere.zip")).isEqualTo(1);
        assertThat(err).contains("FILE must be a file that backup wrote, got nowhere.zip");
        assertThat(run("promote", "nobody", "--why", "x")).isEqualTo(1);
        assertThat(err).contains("a version of ctr must be a number or an alias, got nobody");
        assertThat(run("promote", "1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("freeze", "--why", "x", "--for", "1h", "--end")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("freeze", "--why", "x", "--for", "soon")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("registry", "why", "--registry", url().toString(), "--token", "wrong"))
                .isEqualTo(1);
        assertThat(err).contains("a request must carry one of the registry's secrets");
        assertThat(execute("registry", "why", "--registry", "http://127.0.0.1:1"))
                .isEqualTo(3);
        assertThat(err).hasLineCount(1);
    }

    private static Evidence evidence(String arm, String baseline) {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        return new Evidence(
                "ctr", arm, baseline, noon, noon, Map.of("s-0", 1L), Map.of("s-0", 9L), 12, Map.of("overall", GOOD));
    }

    private int run(String... arguments) {
        try {
            Path file = folder.resolve("token");
            Files.writeString(file, TOKEN + "\n", StandardCharsets.UTF_8);
            List<String> all = new ArrayList<>(List.of("registry"));
            all.addAll(List.of(arguments));
            all.addAll(List.of("--registry", url().toString(), "--token-file", file.toString()));
            return execute(all.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int execute(String... arguments) {
        var printed = new StringWriter();
        var complained = new StringWriter();
        int status = CommandLines.coldstream()
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(complained, true))
                .execute(arguments);
        out = printed.toString();
        err = complained.toString();
        return status;
    }
}
