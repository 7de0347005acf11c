package coldstream.app.evaluate.peer;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import coldstream.trainer.learning.Comparisons;
import coldstream.trainer.learning.LearnerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vowpalWabbit.learner.VWLearners;
import vowpalWabbit.learner.VWScalarLearner;

/**
 * Vowpal Wabbit (Langford, Li, Strehl 2007) on our comparisons: each event is predicted, then learnt, before the next is
 * looked at. That is fresher than our learner, which learns from 128 events at once.
 */
public final class VowpalWabbit implements AutoCloseable {

    /**
     * The best of some twenty simple ones on the first fifth of Amazon Beauty: categories and brand of the item crossed with
     * the history's categories, and steps without a learning rate. A factorisation machine ({@code --lrq ui8}) was worse
     * there, alone and with these.
     */
    public static final String SETTINGS = "--coin -q gc -q gb";

    private static final String ALWAYS = "--quiet --loss_function logistic --no_stdin -b 22 ";

    private final ExampleText text = new ExampleText();
    private final Map<ItemId, Long> counts = new HashMap<>();
    private final Comparisons comparisons;
    private final VWScalarLearner learner;

    /**
     * @param config labels, negatives, warm-up and seed are taken from it
     * @param settings of Vowpal Wabbit, such as {@value #SETTINGS}
     */
    public VowpalWabbit(LearnerConfig config, String settings) {
        learner = create(ALWAYS + "--random_seed " + config.values().get("seed") + " " + settings);
        comparisons = new Comparisons(config);
    }

    /**
     * Makes sure that the native library is there and reads the settings.
     *
     * @throws IllegalArgumentException in one line, if not
     */
    public static void check(String settings) {
        close(create(ALWAYS + settings));
    }

    private static VWScalarLearner create(String settings) {
        try {
            return VWLearners.create(settings);
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "vw needs Linux on x86-64, where its native library loads, got %s on %s: %s"
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "vw must be settings of vowpal wabbit, got %s: %s".formatted(settings, e.getMessage()), e);
        }
    }

    /** Adds an item to the catalogue. */
    public void item(Item item) {
        comparisons.item(item);
        text.item(item);
    }

    /** Predicts and learns one event after another. */
    public List<ScoredEvent> step(List<Sample> samples) {
        List<ScoredEvent> scored = new ArrayList<>();
        for (ScoredEvent event : comparisons.next(samples)) {
            scored.add(step(event));
        }
        return scored;
    }

    private ScoredEvent step(ScoredEvent event) {
        Sample sample = event.sample();
        String user = text.user(sample);
        String own = user + item(sample.item());
        double logit = learner.predict(own);
        List<String> others = new ArrayList<>();
        List<Negative> negatives = new ArrayList<>();
        for (Negative negative : event.negatives()) {
            String other = user + item(negative.item());
            others.add(other);
            negatives.add(new Negative(negative.item(), learner.predict(other), negative.tail()));
        }
        learner.learn((sample.label() == 1 ? "1 " : "-1 ") + own);
        others.forEach(other -> learner.learn("-1 " + other));
        if (sample.label() == 1) {
            counts.merge(sample.item(), 1L, Long::sum);
        }
        return new ScoredEvent(sample, logit, negatives, event.scored());
    }

    private String item(ItemId item) {
        return text.item(item, counts.getOrDefault(item, 0L));
    }

    @Override
    public void close() {
        comparisons.close();
        close(learner);
    }

    private static void close(VWScalarLearner learner) {
        try {
            learner.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close vowpal wabbit", e);
        }
    }
}
