package coldstream.monitor;

/**
 * What one detector says of one window.
 *
 * @param material whether the change is large enough, and goes the way that does harm
 */
record Finding(Detector detector, double statistic, double threshold, double chance, boolean material) {

    static Finding none(Detector detector) {
        return new Finding(detector, Double.NaN, Double.NaN, 1, false);
    }
}
