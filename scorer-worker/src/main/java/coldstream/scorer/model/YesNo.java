package coldstream.scorer.model;

import coldstream.scorer.model.Exchange.Token;
import java.util.List;
import java.util.Locale;

/**
 * A score from the log-probabilities of the first token of an answer that is Yes or No.
 *
 * <pre>
 * l(w)  = ln Σ e^lp    over the tokens that spell w, in any case and with any blanks around
 * score = σ((l(yes) − l(no)) / T) = e^(l(yes)/T) / (e^(l(yes)/T) + e^(l(no)/T))
 * </pre>
 *
 * <p>Of a word that is not among the tokens listed, this is known: each of its spellings is less likely than the least likely one
 * listed, and all together than what the listed ones leave over. The smaller of the two stands in for it.
 *
 * <p>Source: the teacher of the distillation baseline in Sun et al., LLM-CF, 2024: softmax of the two logits over T.
 *
 * @param temperature T, above 0; above 1 brings scores closer together
 */
record YesNo(double temperature) {

    /** Less than this is not told apart from nothing. */
    private static final double LEAST = 1e-9;

    /** In (0, 1), or NaN where neither word is listed. */
    double score(List<Token> tokens) {
        double yes = 0;
        double no = 0;
        double listed = 0;
        double least = 1;
        for (Token token : tokens) {
            double probability = Math.exp(token.logProbability());
            listed += probability;
            least = Math.min(least, probability);
            String word = token.text().strip().toLowerCase(Locale.ROOT);
            yes += word.equals("yes") ? probability : 0;
            no += word.equals("no") ? probability : 0;
        }
        if (yes == 0 && no == 0) {
            return Double.NaN;
        }
        double unseen = Math.max(LEAST, Math.min(least, 1 - listed));
        double difference = Math.log(yes == 0 ? unseen : yes) - Math.log(no == 0 ? unseen : no);
        return 1 / (1 + Math.exp(-difference / temperature));
    }
}
