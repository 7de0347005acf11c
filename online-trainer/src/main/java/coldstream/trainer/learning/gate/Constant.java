package coldstream.trainer.learning.gate;

/** The same trust for everything, for ever. */
record Constant(double alpha) implements Gate {

    @Override
    public double alpha(Signals z) {
        return alpha;
    }
}
