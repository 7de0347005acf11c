package coldstream.app.evaluate.protocol;

import static coldstream.domain.Check.check;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What only {@code --protocol leave-one-out} reads. */
public final class LeaveOneOutOptions {

    /** The rows of the paper's Table 3, the gated one by its own rule and by ours. */
    private static final List<String> ABLATION = List.of(
            "guidance=none",
            "guidance=s-llmr,gate=global",
            "guidance=s-llmr,gate=literal",
            "guidance=s-llmr,gate=reliability",
            "guidance=pointwise-mse,gate=global",
            "guidance=pointwise-mse,gate=reliability");

    private static final List<String> FLOORS = List.of("popularity", "ease");

    @Option(
            names = "--ablation",
            description = "leave-one-out: the arms of the paper's Table 3 for each backbone: none; pairs with every"
                    + " weight 1, by the paper's gate, by the reliability gate; points with weight 1, by the gate. Item"
                    + " rows start at random.")
    private boolean ablation;

    @Option(
            names = "--floor",
            split = ",",
            defaultValue = "popularity",
            paramLabel = "NAME",
            description = "leave-one-out: popularity (default), ease or none. EASE inverts a matrix of all items once:"
                    + " 12,101 items take minutes and 0.6 GB, and both grow fast.")
    private List<String> floors = List.of();

    @Option(
            names = "--ridge",
            split = ",",
            defaultValue = "1000",
            paramLabel = "LAMBDA",
            description = "leave-one-out: EASE's ridge, default 1000; one inversion each.")
    private List<Double> ridges = List.of();

    @Option(
            names = "--epochs",
            defaultValue = "20",
            paramLabel = "N",
            description = "leave-one-out: epochs at most, default 20; 0 runs the floors alone.")
    private int epochs = 20;

    @Option(
            names = "--patience",
            defaultValue = "2",
            paramLabel = "N",
            description = "leave-one-out: epochs without a better validation after which to stop, default 2.")
    private int patience = 2;

    @Option(
            names = "--fresh-negatives",
            description = "leave-one-out: draw the training negatives anew for every epoch; else once, as in the"
                    + " paper's rows.")
    private boolean freshNegatives;

    @Option(
            names = "--ranked-users",
            defaultValue = "1000",
            paramLabel = "N",
            description = "leave-one-out: users whose test item is ranked among the whole catalogue, default 1000.")
    private int rankedUsers = 1000;

    /** Refuses what cannot be run. */
    public void checkBounds() {
        check(epochs >= 0 && epochs <= 10_000, "epochs must be 0 to 10000, got %d", epochs);
        check(patience >= 0, "patience must not be negative, got %d", patience);
        check(rankedUsers >= 0, "ranked-users must not be negative, got %d", rankedUsers);
        check(
                floors.equals(List.of("none")) || FLOORS.containsAll(floors),
                "floor must be none or some of %s, got %s",
                FLOORS,
                floors);
        ridges.forEach(ridge -> check(ridge > 0 && ridge < 1e12, "ridge must be more than 0, got %s", ridge));
    }

    public boolean ablation() {
        return ablation;
    }

    /** As {@code --arm} would say them. */
    List<String> ablationArms(List<String> backbones) {
        List<String> arms = new ArrayList<>();
        backbones.forEach(
                backbone -> ABLATION.forEach(arm -> arms.add("backbone=" + backbone + ",item-rows=random," + arm)));
        return arms;
    }

    public boolean popularity() {
        return floors.contains("popularity");
    }

    /** EASE's ridges; empty where EASE is not asked for. */
    public List<Double> ridges() {
        return floors.contains("ease") ? ridges : List.of();
    }

    public int epochs() {
        return epochs;
    }

    public int patience() {
        return patience;
    }

    public boolean freshNegatives() {
        return freshNegatives;
    }

    public int rankedUsers() {
        return rankedUsers;
    }
}
