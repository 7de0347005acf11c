package coldstream.model;

import static coldstream.domain.Check.check;

/**
 * What shapes a model and how it is trained.
 *
 * @param seed of every start
 * @param backbone name, see {@link Backbones}
 * @param dimension factors per row, d
 * @param history latest history items pooled into a feature
 * @param teacherField whether what a language model says of user and item is a field, see {@link Signal}
 * @param recentPositives positives of all items after which one weighs half in its item's recent count; 0 for no such count
 * @param textStart whether an item's row starts from its text vector
 * @param textScale standard deviation of the numbers of a row started from text
 * @param spread standard deviation of the numbers of a row started at random
 * @param rows how rows learn
 * @param rules who has a row
 * @param denseRate learning rate of dense parameters
 * @param clipNorm largest norm of the dense gradient
 * @param denseAverage share of the average of dense weights that an update leaves, in [0, 1); 0 is no average
 */
public record ModelConfig(
        long seed,
        String backbone,
        int dimension,
        int history,
        boolean teacherField,
        double recentPositives,
        boolean textStart,
        double textScale,
        double spread,
        RowOptimizer rows,
        RowRules rules,
        double denseRate,
        double clipNorm,
        double denseAverage,
        Compute compute) {

    public ModelConfig {
        check(dimension >= 1 && dimension <= 512, "dimension must be 1 to 512, got %d", dimension);
        check(history >= 1 && history <= 50, "history must be 1 to 50, got %d", history);
        check(recentPositives >= 0, "recent positives must not be negative, got %s", recentPositives);
        check(textScale >= 0, "text scale must not be negative, got %s", textScale);
        check(spread >= 0, "spread must not be negative, got %s", spread);
        check(denseRate > 0, "dense rate must be positive, got %s", denseRate);
        check(clipNorm > 0, "clip norm must be positive, got %s", clipNorm);
        check(
                denseAverage >= 0 && denseAverage < 1,
                "dense average must be at least 0 and below 1, got %s",
                denseAverage);
    }

    /** A config with a row for everybody, for ever, and no average. */
    public ModelConfig(
            long seed,
            String backbone,
            int dimension,
            int history,
            boolean teacherField,
            double recentPositives,
            boolean textStart,
            double textScale,
            double spread,
            RowOptimizer rows,
            double denseRate,
            double clipNorm,
            Compute compute) {
        this(
                seed,
                backbone,
                dimension,
                history,
                teacherField,
                recentPositives,
                textStart,
                textScale,
                spread,
                rows,
                RowRules.NONE,
                denseRate,
                clipNorm,
                0,
                compute);
    }
}
