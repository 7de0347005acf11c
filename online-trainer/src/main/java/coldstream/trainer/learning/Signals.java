package coldstream.trainer.learning;

/**
 * What the gate sees of a user and an item: z.
 *
 * @param cold 1 for a cold user, else 0
 * @param tail 1 for a tail or new item, else 0
 * @param uncertainty q in [0, 1]: rank of the entropy of the student's probability
 */
record Signals(double cold, double tail, double uncertainty) {

    double get(int k) {
        return k == 0 ? cold : k == 1 ? tail : uncertainty;
    }

    /** Name of the cell: what the gate's behaviour is reported by. */
    String cell() {
        return (cold > 0 ? "cold" : "warm") + "_" + (tail > 0 ? "tail" : "head");
    }
}
