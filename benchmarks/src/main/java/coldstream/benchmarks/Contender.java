package coldstream.benchmarks;

/** Something that takes steps and can be timed. Idle between calls. */
interface Contender extends AutoCloseable {

    /** Seconds that so many steps took. */
    double seconds(int steps);

    @Override
    void close();
}
