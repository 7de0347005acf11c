package coldstream.scorer.model;

/**
 * One call to a chat model.
 *
 * @param instruction the system message
 * @param text the user message
 * @param form what the answer looks like
 * @param seed of the model's chance, where it has one; another seed may bring another answer
 * @param maxTokens longest answer
 */
record ChatQuestion(String instruction, String text, Form form, int seed, int maxTokens) {

    /** What the answer looks like. */
    enum Form {
        /** A JSON object with the list {@code scores} of {@code id} and {@code score}. */
        SCORES,
        /** A few sentences. */
        TEXT,
        /** One word, with the log-probabilities of the words it could have been. */
        YES_NO
    }
}
