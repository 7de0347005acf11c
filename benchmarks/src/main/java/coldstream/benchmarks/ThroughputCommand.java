package coldstream.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Training throughput of every case, each in a process of its own, as a table and as JSON. */
@Command(
        name = "throughput",
        description = "Training steps beside eager PyTorch in Python and beside the matrix products alone.",
        mixinStandardHelpOptions = true)
final class ThroughputCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--backbones", split = ",", defaultValue = "dcnv2,deepfm")
    private List<String> backbones = List.of();

    @Option(names = "--rows", split = ",", defaultValue = "128,1024,4096")
    private List<Integer> rows = List.of();

    @Option(names = "--threads", split = ",", defaultValue = "1,2")
    private List<Integer> threads = List.of();

    @Option(names = "--device", defaultValue = "cpu", description = "cpu or gpu:N, for both sides")
    private String device = "";

    @Option(
            names = "--python",
            defaultValue = "/usr/bin/python3",
            description = "a Python with PyTorch; none does without")
    private String python = "";

    @Option(
            names = "--peer-variables",
            defaultValue = "",
            description = "NAME=VALUE,... of the environment, for the peer alone")
    private String variables = "";

    @Option(names = "--rounds", defaultValue = "7")
    private int rounds;

    @Option(names = "--out", defaultValue = "throughput.json")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        ArrayNode results = JSON.createArrayNode();
        System.out.println(
                "| network | rows | threads | samples/s | step | products | of roofline | bags | x bags | padded | x padded"
                        + " | GFLOP/s | losses differ |");
        System.out.println("|---".repeat(13) + "|");
        int failed = 0;
        for (int thread : threads) {
            for (String backbone : backbones) {
                for (int row : rows) {
                    Path file = Files.createTempFile("case", ".json");
                    failed |= run(backbone, row, thread, file);
                    JsonNode result = JSON.readTree(file.toFile());
                    Files.delete(file);
                    results.add(result);
                    print(result);
                }
            }
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(out.toFile(), results);
        System.out.println("peer: " + results.at("/0/peers/0/is"));
        return failed;
    }

    private int run(String backbone, int row, int thread, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(JavaCommand.same());
        command.addAll(List.of("case", "--backbone", backbone, "--rows", Integer.toString(row)));
        command.addAll(List.of("--threads", Integer.toString(thread), "--device", device, "--python", python));
        command.addAll(List.of("--rounds", Integer.toString(rounds), "--out", file.toString()));
        if (!variables.isEmpty()) {
            command.addAll(List.of("--peer-variables", variables));
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static void print(JsonNode result) {
        double product = result.at("/product/seconds").asDouble();
        double products = result.at("/products/seconds").asDouble();
        double bags = result.at("/peers/0/took/seconds").asDouble();
        double padded = result.at("/peers/1/took/seconds").asDouble();
        double gap = Math.max(
                result.at("/peers/0/lossGap").asDouble(),
                result.at("/peers/1/lossGap").asDouble());
        JsonNode given = result.path("given");
        System.out.printf(
                "| %s | %d | %d | %.0f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.0f | %.0e |%n",
                given.path("backbone").asText(),
                given.path("rows").asInt(),
                given.path("threads").asInt(),
                given.path("rows").asInt() / product,
                1e3 * product,
                1e3 * products,
                products / product,
                1e3 * bags,
                bags / product,
                1e3 * padded,
                padded / product,
                result.path("gigaflops").asDouble(),
                gap);
        double processor = result.at("/product/processor").asDouble();
        System.err.printf(
                "  processor time: step %.2f ms, of roofline %.2f, x bags %.2f, x padded %.2f%n",
                1e3 * processor,
                result.at("/products/processor").asDouble() / processor,
                result.at("/peers/0/took/processor").asDouble() / processor,
                result.at("/peers/1/took/processor").asDouble() / processor);
    }
}
