package coldstream.benchmarks;

import coldstream.benchmarks.Contender.Took;
import java.util.List;

/**
 * One case measured; times are of one step.
 *
 * @param product median of the rounds
 * @param peer median of the rounds; zeros without a peer
 * @param products the matrix products alone, best of the rounds
 * @param gigaflops of the matrix products at their best, 10⁹ operations a second
 * @param losses of the first steps, nats
 * @param lossGap largest relative difference of those from the peer's
 */
record CaseResult(
        Case given,
        Took product,
        Took peer,
        Took products,
        double gigaflops,
        List<Took> productRounds,
        List<Took> peerRounds,
        List<Took> productsRounds,
        List<Double> losses,
        double lossGap,
        Object peerIs) {}
