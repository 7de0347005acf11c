package coldstream.benchmarks;

import java.util.List;

/**
 * One case measured; times are seconds of a step, one for each round.
 *
 * @param product median
 * @param peer median; 0 without a peer
 * @param products the matrix products alone, best
 * @param gigaflops of the matrix products at their best, 10⁹ operations a second
 * @param losses of the first steps, nats
 * @param lossGap largest relative difference of those from the peer's
 */
record CaseResult(
        Case given,
        double product,
        double peer,
        double products,
        double gigaflops,
        List<Double> productRounds,
        List<Double> peerRounds,
        List<Double> productsRounds,
        List<Double> losses,
        double lossGap,
        Object peerIs) {}
