package coldstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

    private static final String EXPECTED = """
            {
              "data" : {
                "name" : "shop",
                "events" : 5,
                "users" : 2,
                "items" : 3
              },
              "events" : {
                "read" : 5,
                "accepted" : 3,
                "rejected" : 1,
                "duplicates" : 1
              },
              "samples_trained" : 3,
              "samples_skipped" : 0,
              "pairs_trained" : 4,
              "scoring" : {
                "requests" : 2,
                "llm_calls" : 2,
                "scores_stored" : 40,
                "failures" : 0,
                "scorer" : "encoder",
                "prompt_tokens" : 900,
                "completion_tokens" : 100,
                "cost" : 0.0125,
                "cost_per_thousand_events" : 2.5,
                "dropped" : 1
              },
              "prequential" : {
                "overall" : {
                  "auc" : 0.75,
                  "auc_low" : 0.5,
                  "auc_high" : 1.0,
                  "logloss" : 0.25,
                  "n" : 3
                },
                "cold" : {
                  "auc" : null,
                  "auc_low" : null,
                  "auc_high" : null,
                  "logloss" : null,
                  "n" : 0
                }
              },
              "gate" : {
                "mode" : "reliability",
                "w" : [ 0.5, 0.0, -0.5 ],
                "b" : -1.0,
                "alpha" : {
                  "cold_tail" : 0.25
                }
              },
              "snapshots" : [ {
                "version" : "1",
                "samples" : 3,
                "auc" : null,
                "offsets" : {
                  "coldstream.samples.v1-0" : 4
                }
              } ],
              "champion" : "1",
              "latency_seconds" : {
                "event_to_trained" : {
                  "p50" : 0.5,
                  "p99" : 1.5
                },
                "event_to_servable" : {
                  "p50" : null,
                  "p99" : null
                }
              },
              "throughput" : {
                "events_per_second" : 10.0,
                "samples_per_second" : 6.0
              },
              "backbone" : "dcnv2",
              "guidance" : "none",
              "seed" : 7,
              "device" : "cpu",
              "duration_seconds" : 0.5
            }
            """;

    @Test
    void theFormatIsStable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.json");

        ReportWriter.write(report(), file);

        assertThat(Files.readString(file)).isEqualToNormalizingNewlines(EXPECTED);
    }

    @Test
    void theTableShowsTheEquationOfEvents() {
        assertThat(ReportText.of(report()))
                .contains("5 read = 3 accepted + 1 rejected + 1 duplicates")
                .contains("overall", "0.7500")
                .contains(
                        "cost      0.0125 in all, 2.5000 a thousand events, 900 tokens read, 100 written; 1 requests dropped");
    }

    private static Report report() {
        Map<String, Report.Quality> strata = new LinkedHashMap<>();
        strata.put("overall", new Report.Quality(0.75, 0.5, 1.0, 0.25, 3));
        strata.put("cold", new Report.Quality(null, null, null, null, 0));
        return new Report(
                new Report.Data("shop", 5, 2, 3),
                new Report.Events(5, 3, 1, 1),
                3,
                0,
                4,
                new Report.Scoring(2, 2, 40, 0, "encoder", 900, 100, 0.0125, 2.5, 1),
                strata,
                new Report.Gate("reliability", List.of(0.5, 0.0, -0.5), -1, Map.of("cold_tail", 0.25)),
                List.of(new Report.Snapshot("1", 3, null, Map.of("coldstream.samples.v1-0", 4L))),
                "1",
                new Report.Latency(new Report.Percentiles(0.5, 1.5), new Report.Percentiles(null, null)),
                new Report.Throughput(10, 6),
                "dcnv2",
                "none",
                7,
                "cpu",
                0.5);
    }
}
