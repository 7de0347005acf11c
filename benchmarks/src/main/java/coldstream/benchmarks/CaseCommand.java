package coldstream.benchmarks;

import ai.djl.Device;
import coldstream.model.Model;
import coldstream.model.backbone.Backbones;
import coldstream.model.backbone.ParameterSpec;
import coldstream.wire.FolderDeletion;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures one case in this process: the first engine of a process decides its threads. The contenders take turns, one round
 * each, so that what else the machine does meets all of them.
 */
@Command(name = "case", description = "One case of throughput, as JSON.", mixinStandardHelpOptions = true)
final class CaseCommand implements Callable<Integer> {

    private static final int FIELDS = 7;
    private static final int CHECKED = 10;
    private static final double TOLERANCE = 1e-3;

    @Option(names = "--backbone", defaultValue = "dcnv2")
    private String backbone = "";

    @Option(names = "--rows", defaultValue = "1024")
    private int rows;

    @Option(names = "--dimension", defaultValue = "64")
    private int dimension;

    @Option(names = "--threads", defaultValue = "1")
    private int threads;

    @Option(names = "--device", defaultValue = "cpu")
    private String device = "";

    @Option(names = "--python", defaultValue = "/usr/bin/python3")
    private String python = "";

    @Option(names = "--peers", split = ",", defaultValue = "bags,padded", description = "how the peer pools")
    private List<String> styles = List.of();

    @Option(
            names = "--peer-variables",
            split = ",",
            description = "NAME=VALUE,... of the environment, for the peer alone")
    private Map<String, String> variables = Map.of();

    @Option(names = "--rounds", defaultValue = "7")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "0.7", description = "least length of a round")
    private double seconds;

    @Option(names = "--ids", defaultValue = "100000", description = "users, and items")
    private int ids;

    @Option(names = "--out", required = true)
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        Case given = new Case(backbone, rows, dimension, threads, device);
        Path folder = Files.createTempDirectory("coldstream-throughput");
        Model model = new Model(given.model());
        Workload workload = new Workload(model, ids, ids, rows, Math.max(8, 16_384 / rows));
        workload.write(model, folder);
        List<ParameterSpec> parameters = Backbones.of(backbone).parameters(FIELDS, dimension);
        Device on = Device.fromName(given.model().compute().place().replace(":", ""));
        List<Peer> peers = new ArrayList<>();
        CaseResult result;
        try (Trainee trainee = new Trainee(model, workload);
                MatrixProducts products = new MatrixProducts(parameters, rows, on)) {
            if (!python.equals("none")) {
                styles.forEach(style -> peers.add(new Peer(python, folder, given, style, variables)));
            }
            result = measure(given, trainee, products, peers);
        } finally {
            peers.forEach(Peer::close);
            FolderDeletion.delete(folder);
        }
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), result);
        if (result.lossGap() > TOLERANCE) {
            System.err.printf("both sides must learn the same, first losses differ by %.2g%n", result.lossGap());
            return 1;
        }
        return 0;
    }

    private CaseResult measure(Case given, Trainee trainee, MatrixProducts products, List<Peer> peers) {
        double[] losses = trainee.learn(CHECKED);
        List<Double> gaps =
                peers.stream().map(peer -> gap(losses, peer.learn(CHECKED))).toList();
        Rounds ours = rounds(trainee);
        Rounds roofline = rounds(products);
        List<Rounds> theirs = peers.stream().map(this::rounds).toList();
        System.gc(); // what setting up left behind
        for (int round = 0; round < rounds; round++) {
            ours.run();
            roofline.run();
            theirs.forEach(Rounds::run);
        }
        List<CaseResult.PeerResult> found = new ArrayList<>();
        for (int k = 0; k < peers.size(); k++) {
            Rounds of = theirs.get(k);
            Peer peer = peers.get(k);
            found.add(new CaseResult.PeerResult(peer.style(), of.median(), of.all(), gaps.get(k), peer.describe()));
        }
        return new CaseResult(
                given,
                ours.median(),
                found,
                roofline.best(),
                products.operations() / roofline.best().seconds() / 1e9,
                ours.all(),
                roofline.all(),
                Arrays.stream(losses).boxed().toList());
    }

    private Rounds rounds(Contender contender) {
        return new Rounds(contender, Math.max(20, 100_000 / rows), seconds);
    }

    private static double gap(double[] ours, double[] theirs) {
        double worst = 0;
        for (int k = 0; k < ours.length; k++) {
            worst = Math.max(worst, Math.abs(ours[k] - theirs[k]) / theirs[k]);
        }
        return worst;
    }
}
