package coldstream.benchmarks.serving;

import coldstream.benchmarks.serving.Load.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Latency of full rankings and of candidates under an open load. */
@Command(
        name = "serving",
        description =
                "Latency of full rankings and of 100 candidates while requests come at a set rate, whatever happens.",
        mixinStandardHelpOptions = true)
public final class ServingCommand implements Callable<Integer> {

    @Option(
            names = "--backbones",
            split = ",",
            defaultValue = "dcnv2",
            description = "one instance each; +field behind one for the teacher's field")
    private List<String> backbones = List.of();

    @Option(names = "--items", defaultValue = "12000", description = "items of the catalogue")
    private int items;

    @Option(names = "--users", defaultValue = "2000", description = "users with a history")
    private int users;

    @Option(names = "--candidates", defaultValue = "100", description = "items of an inference")
    private int candidates;

    @Option(names = "--rates", split = ",", defaultValue = "20,50,100", description = "requests a second, one run each")
    private List<Integer> rates = List.of();

    @Option(names = "--seconds", defaultValue = "30", description = "length of a run")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "20", description = "seconds before the first run")
    private int warmUp;

    @Option(names = "--url", description = "an instance that runs already; else one is started")
    private URI url = URI.create("");

    @Option(names = "--heap", defaultValue = "1536m", description = "largest heap of the instance that is started")
    private String heap = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println(
                "| backbone | request | rate | answered | p50 ms | p90 ms | p99 ms | p99.9 ms | most ms | processor ms | others |");
        System.out.println("|---".repeat(11) + "|");
        if (!url.toString().isEmpty()) {
            return measure("", url, Optional.empty());
        }
        int worst = 0;
        for (String backbone : backbones) {
            worst = Math.max(worst, measure(backbone));
        }
        return worst;
    }

    private int measure(String backbone) throws IOException, InterruptedException {
        Process serving = new ProcessBuilder(command(backbone))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(serving.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.startsWith("port ")) {
                line = out.readLine();
            }
            if (line == null) {
                System.err.println("serving ended before it had a port");
                return 1;
            }
            return measure(
                    backbone, URI.create("http://127.0.0.1:" + line.substring("port ".length())), Optional.of(serving));
        } finally {
            serving.getOutputStream().close();
            serving.waitFor();
        }
    }

    /** As the product's own script starts a service. */
    private List<String> command(String backbone) {
        return List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + heap,
                "-XX:+UseParallelGC",
                "-DOPT_OUT_TRACKING=true",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                "coldstream.benchmarks.Benchmarks",
                "serve",
                "--backbone",
                backbone,
                "--items",
                Integer.toString(items),
                "--users",
                Integer.toString(users));
    }

    /** @param serving whose processor time is told, if it is ours */
    private int measure(String backbone, URI at, Optional<Process> serving) throws InterruptedException {
        List<Kind> kinds = List.of(
                new Kind("full ranking of " + items, n -> ranking(at, n)),
                new Kind(candidates + " candidates", n -> inference(at, n)));
        for (Kind kind : kinds) {
            new Load(kind.requests, 100).run(Duration.ofSeconds(warmUp));
        }
        boolean whole = true;
        for (Kind kind : kinds) {
            for (int rate : rates) {
                double before = processor(serving);
                Outcome outcome = new Load(kind.requests, rate).run(Duration.ofSeconds(seconds));
                whole &= outcome.others().isEmpty();
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %d/s | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %s |%n",
                        backbone,
                        kind.name,
                        rate,
                        outcome.latency().getTotalCount(),
                        outcome.millis(50),
                        outcome.millis(90),
                        outcome.millis(99),
                        outcome.millis(99.9),
                        outcome.latency().getMaxValue() / 1e3,
                        (processor(serving) - before) / (rate * seconds),
                        outcome.others());
            }
        }
        return whole ? 0 : 1;
    }

    /** Milliseconds so far; 0 of a process that is not ours. */
    private static double processor(Optional<Process> serving) {
        return serving.flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toMillis)
                .orElse(0L);
    }

    private record Kind(String name, IntFunction<HttpRequest> requests) {}

    private HttpRequest ranking(URI at, int n) {
        return HttpRequest.newBuilder(at.resolve("/v1/recommendations?k=10&user=user-" + n % users))
                .GET()
                .build();
    }

    private HttpRequest inference(URI at, int n) {
        List<String> names = new ArrayList<>();
        for (int k = 0; k < candidates; k++) {
            names.add("\"item-" + (n * 7919L + k * 104_729L) % items + "\"");
        }
        String body =
                "{\"inputs\":[{\"name\":\"user\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"user-" + n % users
                        + "\"]},{\"name\":\"item\",\"shape\":[" + candidates + "],\"datatype\":\"BYTES\",\"data\":"
                        + names + "}]}";
        return HttpRequest.newBuilder(at.resolve("/v2/models/ctr/infer"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
