package coldstream.benchmarks;

import coldstream.benchmarks.Contender.Took;
import java.util.List;

/**
 * One case measured; times are of one step.
 *
 * @param product median of the rounds
 * @param products the matrix products alone, best of the rounds
 * @param gigaflops of the matrix products at their best, 10⁹ operations a second
 * @param losses of the first steps, nats
 */
record CaseResult(
        Case given,
        Took product,
        List<PeerResult> peers,
        Took products,
        double gigaflops,
        List<Took> productRounds,
        List<Took> productsRounds,
        List<Double> losses) {

    /**
     * A peer's part.
     *
     * @param took median of the rounds
     * @param lossGap largest relative difference of the first losses from the peer's
     * @param is versions, BLAS, threads
     */
    record PeerResult(String style, Took took, List<Took> rounds, double lossGap, Object is) {}

    double lossGap() {
        return peers.stream().mapToDouble(PeerResult::lossGap).max().orElse(0);
    }
}
