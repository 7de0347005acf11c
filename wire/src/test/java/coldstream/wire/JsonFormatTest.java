package coldstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.DriftAlert;
import coldstream.domain.ItemEnrichment;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.RegistryEvent;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.SoftScores;
import coldstream.domain.StratumMetrics;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The formats are stable, because old records stay in the topics and old snapshots on disk. */
class JsonFormatTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UserId ANN = new UserId("ann");
    private static final ItemId FILM = new ItemId("film");
    private static final ItemId BOOK = new ItemId("book");

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(
                        new Sample(
                                "shop|e1",
                                ANN,
                                FILM,
                                1,
                                OptionalDouble.of(4),
                                1,
                                List.of(BOOK),
                                1,
                                7,
                                true,
                                false,
                                NOON,
                                NOON.plusMillis(5)),
                        """
                        {"sample_id":"shop|e1","user":"ann","item":"film","label":1,"strength":4.0,"weight":1.0,\
                        "history":["book"],"user_count":1,"item_count":7,"cold":true,"tail":false,\
                        "event_time":"2026-01-01T12:00:00Z","ingest_time":"2026-01-01T12:00:00.005Z"}""",
                        Set.of("strength")),
                Arguments.of(
                        new ScoreRequest(
                                "ann|1",
                                ANN,
                                List.of(BOOK),
                                ScoreRequest.Reason.COLD_USER,
                                List.of(FILM),
                                1,
                                NOON,
                                NOON.plusMillis(5)),
                        """
                        {"request_id":"ann|1","user":"ann","history":["book"],"reason":"COLD_USER","hints":["film"],\
                        "history_version":1,"history_max_time":"2026-01-01T12:00:00Z",\
                        "requested_at":"2026-01-01T12:00:00.005Z"}""",
                        Set.of()),
                Arguments.of(
                        new SoftScores(
                                "ann|1",
                                ANN,
                                List.of(new SoftScores.ItemScore(FILM, 0.25)),
                                Optional.of(BOOK),
                                "encoder",
                                "p1",
                                2,
                                NOON,
                                1,
                                NOON,
                                OptionalInt.of(3)),
                        """
                        {"request_id":"ann|1","user":"ann","scores":[{"item":"film","score":0.25}],"hidden":"book",\
                        "model":"encoder","prompt_version":"p1","permutations":2,"scored_at":"2026-01-01T12:00:00Z",\
                        "history_version":1,"history_max_time":"2026-01-01T12:00:00Z","shown":3}""",
                        Set.of("hidden", "shown")),
                Arguments.of(
                        new TasteProfile(
                                ANN,
                                "old films",
                                TextVector.of(1, -0.5f),
                                "bge",
                                "qwen",
                                "p1",
                                3,
                                NOON,
                                NOON.plusMillis(5)),
                        """
                        {"user":"ann","text":"old films","vector":"AACAPwAAAL8=","encoder":"bge","model":"qwen",\
                        "prompt_version":"p1","history_version":3,"history_max_time":"2026-01-01T12:00:00Z",\
                        "written_at":"2026-01-01T12:00:00.005Z"}""",
                        Set.of()),
                Arguments.of(new ItemVector(FILM, "bge", "abc", TextVector.of(1, -0.5f)), """
                        {"item":"film","encoder":"bge","text_hash":"abc","vector":"AACAPwAAAL8="}""", Set.of()),
                Arguments.of(
                        new ItemEnrichment(
                                FILM, "abc", "an old film", List.of("noir", "city"), "crime film", "qwen", "p1", NOON),
                        """
                        {"item":"film","text_hash":"abc","paraphrase":"an old film","tags":["noir","city"],\
                        "category":"crime film","model":"qwen","prompt_version":"p1","written_at":"2026-01-01T12:00:00Z"}""",
                        Set.of()),
                Arguments.of(
                        new RegistryEvent(
                                RegistryEvent.Kind.PROMOTED,
                                "ctr",
                                "3",
                                Optional.of("champion"),
                                "registry",
                                "better",
                                NOON,
                                Map.of("auc", "0.8")),
                        """
                        {"kind":"PROMOTED","model":"ctr","version":"3","alias":"champion","who":"registry","why":"better",\
                        "at":"2026-01-01T12:00:00Z","details":{"auc":"0.8"}}""",
                        Set.of("alias")),
                Arguments.of(
                        new DriftAlert(
                                "ctr-outcome-logloss-cold-adwin-70",
                                "ctr",
                                "trainer",
                                DriftAlert.State.OPEN,
                                "outcome",
                                "logloss",
                                "cold",
                                "adwin",
                                0.5,
                                0.25,
                                0.75,
                                0.125,
                                new DriftAlert.Window(NOON, NOON.plusSeconds(60), 512),
                                Optional.of("12"),
                                Optional.of("13"),
                                70,
                                new TreeMap<>(Map.of("samples-0", 8001L)),
                                new TreeMap<>(Map.of("samples-0", 9001L)),
                                DriftAlert.Severity.CRITICAL,
                                "cold logloss rose",
                                List.of(new DriftAlert.Action(
                                        "freeze-promotion",
                                        DriftAlert.Action.Outcome.STARTED,
                                        "frozen",
                                        NOON,
                                        Optional.of(NOON.plusSeconds(3600)))),
                                NOON,
                                NOON.plusMillis(5)),
                        """
                        {"alert_id":"ctr-outcome-logloss-cold-adwin-70","model":"ctr","source":"trainer","state":"OPEN","layer":"outcome",\
                        "signal":"logloss","stratum":"cold","detector":"adwin","statistic":0.5,"threshold":0.25,\
                        "value":0.75,"expected":0.125,"window":{"from":"2026-01-01T12:00:00Z",\
                        "to":"2026-01-01T12:01:00Z","samples":512},"reference_version":"12","trained_version":"13",\
                        "step":70,"from_offsets":{"samples-0":8001},"offsets":{"samples-0":9001},"severity":"critical",\
                        "message":"cold logloss rose","actions":[{"name":"freeze-promotion","outcome":"started",\
                        "detail":"frozen","at":"2026-01-01T12:00:00Z","until":"2026-01-01T13:00:00Z"}],\
                        "opened_at":"2026-01-01T12:00:00Z","time":"2026-01-01T12:00:00.005Z"}""",
                        Set.of("reference_version", "trained_version")),
                Arguments.of(
                        new SnapshotManifest(
                                1,
                                "ctr",
                                Optional.of("parent"),
                                NOON,
                                10,
                                11,
                                Map.of("samples-0", 12L),
                                Optional.of(NOON),
                                13,
                                Optional.of(NOON),
                                Optional.of(NOON),
                                42,
                                Map.of("guidance", "none"),
                                "hash",
                                "commit",
                                Map.of("overall", new StratumMetrics(0.75, 0.5, 1, 0.25, 9)),
                                Map.of("cold", new StratumMetrics(Double.NaN, Double.NaN, Double.NaN, 0.25, 0)),
                                Map.of("gate.json", new SnapshotManifest.FileDigest(14, "ff"))),
                        """
                        {"format_version":1,"model":"ctr","parent":"parent","created_at":"2026-01-01T12:00:00Z","step":10,\
                        "journal_offset":11,"offsets":{"samples-0":12},"llm_watermark":"2026-01-01T12:00:00Z",\
                        "samples":13,"oldest_ingest_time":"2026-01-01T12:00:00Z",\
                        "newest_ingest_time":"2026-01-01T12:00:00Z","seed":42,"settings":{"guidance":"none"},\
                        "config_hash":"hash","code_commit":"commit",\
                        "window":{"overall":{"auc":0.75,"auc_low":0.5,"auc_high":1.0,"logloss":0.25,"n":9}},\
                        "metrics":{"cold":{"auc":"NaN","auc_low":"NaN","auc_high":"NaN","logloss":0.25,"n":0}},\
                        "files":{"gate.json":{"size":14,"sha256":"ff"}}}""",
                        Set.of("parent", "llm_watermark", "oldest_ingest_time", "newest_ingest_time")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void theFormatIsStable(Object value, String text, Set<String> optional) {
        assertThat(new String(Json.write(value), UTF_8)).isEqualTo(text);
        assertThat(Json.read(text.getBytes(UTF_8), value.getClass())).isEqualTo(value);
        assertThat(optional).allMatch(field -> text.contains("\"" + field + "\""));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aFieldNobodyKnowsIsTolerated(Object value, String text, Set<String> optional) throws IOException {
        ObjectNode json = object(text).put("from_the_future", true);

        assertThat(Json.read(Json.write(json), value.getClass())).isEqualTo(value);
        assertThat(optional).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("values")
    void onlyAnOptionalFieldMayBeMissingOrNull(Object value, String text, Set<String> optional) throws IOException {
        for (String field : fields(text)) {
            ObjectNode without = object(text).without(field);
            ObjectNode withNull = object(text).putNull(field);
            for (ObjectNode json : List.of(without, withNull)) {
                if (optional.contains(field)) {
                    assertThat(Json.read(Json.write(json), value.getClass())).isNotEqualTo(value);
                } else {
                    assertThatThrownBy(() -> Json.read(Json.write(json), value.getClass()))
                            .as(field)
                            .isInstanceOf(SerializationException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void aRetypedFieldIsRefused(Object value, String text, Set<String> optional) throws IOException {
        assertThat(optional).isNotNull();
        for (String field : fields(text)) {
            ObjectNode json = object(text);
            switch (json.get(field).getNodeType()) {
                case STRING, ARRAY, OBJECT -> json.put(field, true);
                default -> json.put(field, "7");
            }
            assertThatThrownBy(() -> Json.read(Json.write(json), value.getClass()))
                    .as(field)
                    .isInstanceOf(SerializationException.class);
        }
    }

    private static List<String> fields(String text) throws IOException {
        List<String> names = new ArrayList<>();
        object(text).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static ObjectNode object(String text) throws IOException {
        return (ObjectNode) Json.mapper().readTree(text);
    }
}
