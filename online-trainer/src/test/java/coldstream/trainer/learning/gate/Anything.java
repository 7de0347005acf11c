package coldstream.trainer.learning.gate;

import coldstream.model.Draws;
import java.util.ArrayList;
import java.util.List;

/** Made-up evidence for gates. */
final class Anything {

    private final Draws draws;

    Anything(long seed) {
        draws = Draws.of(seed, "anything");
    }

    Signals signals() {
        Signals cell = Signals.ofCell(draws.below(Signals.CELLS.size()));
        return new Signals(cell.cold(), cell.kind(), draws.uniform());
    }

    /** As many as {@code size} pairs whose hinge pulls for two of three. */
    List<Hinge> hinges(int size) {
        List<Hinge> hinges = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            hinges.add(new Hinge(signals(), signals(), Math.max(0, 3 * draws.uniform() - 1)));
        }
        return hinges;
    }

    /** Comparisons ordered correctly as often as {@code right} says. */
    List<Gold> golds(int size, double right) {
        List<Gold> golds = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            golds.add(new Gold(signals(), signals(), kappa(right)));
        }
        return golds;
    }

    int kappa(double right) {
        return draws.uniform() < right ? 1 : -1;
    }

    List<Moved> moved(int size) {
        List<Moved> moved = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            moved.add(new Moved(signals(), signals(), draws.uniform() - 0.3));
        }
        return moved;
    }

    int below(int bound) {
        return draws.below(bound);
    }

    /** The corners of z. */
    static List<Signals> corners() {
        List<Signals> corners = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            Signals.Kind kind = (k & 2) == 0 ? Signals.Kind.HEAD : Signals.Kind.TAIL;
            corners.add(new Signals((k & 1) == 1, kind, k >> 2 & 1));
        }
        return corners;
    }
}
