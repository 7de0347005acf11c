package coldstream.monitor;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the estimate of one signal, as it stands. One thread at a time. */
public final class Gauge extends Subject {

    /** Tests after which an estimate is what later ones are compared with. */
    private static final int GENERATION = 8;

    private final @Nullable Learnt right;
    private double deviation;
    private boolean given;
    private int tests;
    private @Nullable Learnt older;
    private @Nullable Learnt champion;

    Gauge(WatchedSignal plan) {
        super(plan);
        right = Double.isNaN(plan.expected()) ? null : new Learnt(plan.expected(), 0, 1, null, 0);
    }

    /**
     * The estimate now; one that is not finite is left out.
     *
     * @param standardDeviation of the estimate; 0 for what is known
     */
    public void set(double estimate, double standardDeviation) {
        if (Double.isFinite(estimate) && Double.isFinite(standardDeviation)) {
            value = estimate;
            deviation = standardDeviation;
            given = true;
            samples++;
        }
    }

    /** What is known. */
    public void set(double estimate) {
        set(estimate, 0);
    }

    @Override
    boolean ready() {
        return given;
    }

    @Override
    void look(double level) {
        Learnt with = right != null ? right : champion != null ? champion : older;
        if (with != null) {
            reference = with.mean();
            double apart = value - reference;
            double unsure = Math.hypot(deviation, with.deviation());
            double distance = Math.abs(apart);
            double needed = Math.max(plan.material(), Normal.quantile(level / 2) * unsure);
            findings = List.of(new Finding(
                    Detector.SHIFT,
                    distance,
                    needed,
                    distance == 0 ? 1 : 2 * Normal.above(distance / unsure),
                    distance > plan.material() && plan.harm().in(apart)));
        }
        if (older == null || ++tests == GENERATION) {
            tests = 0;
            older = learnt().orElse(older);
        }
        given = false;
    }

    @Override
    void opened(Detector by) {}

    @Override
    void compareWith(@Nullable Learnt learnt) {
        champion = learnt;
    }

    @Override
    boolean hasChampion() {
        return right == null && champion != null;
    }

    @Override
    Optional<Learnt> learnt() {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(new Learnt(value, deviation, 1, null, 0));
    }

    @Override
    void resume(Learnt learnt) {
        older = learnt;
    }
}
