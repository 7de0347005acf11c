package coldstream.model;

import static coldstream.domain.Check.check;

import coldstream.model.backbone.Backbone;
import coldstream.model.backbone.Backbones;
import coldstream.model.backbone.Dropout;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A model that learns: rows, dense parameters and the network that joins them. One thread at a time.
 *
 * <p>A step is any number of {@link #learn} and then one {@link #update} or {@link #discard}; until then nothing learnt shows.
 */
public final class Model implements AutoCloseable {

    private static final long NEVER = -1;

    private final ModelConfig config;
    private final Backbone backbone;
    private final Network network;
    private final Pooling pooling;
    private final StepGradients gradients;
    private final Crew crew;
    final Features features;
    DenseParameters parameters;

    /** Updates of the dense weights when their changes were last taken. */
    private long denseTakenAt = NEVER;

    /** Of the dense weights; null where none is kept. */
    @Nullable
    DenseAverage average;

    public Model(ModelConfig config) {
        this.config = config;
        backbone = Backbones.of(config.backbone());
        features = new Features(config, backbone);
        pooling = new Pooling(features);
        crew = new Crew(config.compute().threads());
        parameters = new DenseParameters(backbone.parameters(features.fields(), config.dimension()), config.seed());
        average = config.denseAverage() > 0 ? new DenseAverage(config.denseAverage(), parameters) : null;
        gradients = new StepGradients(features, parameters);
        network = new Network(backbone, features.fields(), config.dimension(), config.compute());
    }

    public Features features() {
        return features;
    }

    /** The logits, nothing learnt. */
    public float[] logits(FeatureBatch batch) {
        if (batch.size() == 0) {
            return new float[0];
        }
        return network.logits(parameters, batch.pool(pooling, crew), Dropout.NONE);
    }

    /** The logits a snapshot of this model would serve: by the average of the dense weights where one is kept. */
    public float[] servedLogits(FeatureBatch batch) {
        if (batch.size() == 0) {
            return new float[0];
        }
        return network.logits(served(), batch.pool(pooling, crew), Dropout.NONE);
    }

    /** The dense weights a snapshot of this model would serve with. */
    DenseParameters served() {
        return average == null ? parameters : average.values();
    }

    /**
     * The logits under random silences of the first hidden layer: what networks near this one would say. Nothing is learnt.
     *
     * @param masks number of them; a mask is the same for all rows, so a row's logits do not depend on the others
     * @param seed the same seed draws the same masks
     * @return one array of logits by mask
     */
    public float[][] logits(FeatureBatch batch, int masks, long seed) {
        check(masks >= 1, "masks must be at least 1, got %d", masks);
        int rows = batch.size();
        float[][] logits = new float[masks][rows];
        if (rows > 0) {
            float[] all = network.logits(parameters, batch.pool(pooling, crew), new DropoutMasks(masks, seed));
            for (int mask = 0; mask < masks; mask++) {
                System.arraycopy(all, mask * rows, logits[mask], 0, rows);
            }
        }
        return logits;
    }

    /**
     * Predicts and, from the same pass, gathers the gradient of a loss.
     *
     * @param loss turns the logits into the loss's gradient by logit; called once, also the place to record predictions
     * @return norm of the loss's gradient by the dense parameters
     */
    public double learn(FeatureBatch batch, UnaryOperator<float[]> loss) {
        if (batch.size() == 0) {
            return 0;
        }
        Network.Gradients found;
        try (Network.Pass pass = network.pass(parameters, batch.pool(pooling, crew))) {
            float[] byLogit = loss.apply(pass.logits());
            if (isZero(byLogit)) {
                return 0;
            }
            found = pass.backward(byLogit, gradients.fields);
        }
        batch.scatter(pooling, found, gradients);
        return gradients.addDense(found.dense());
    }

    private static boolean isZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Applies what was gathered.
     *
     * @param rowScale rows take this many times the gradient: the size of the batch undoes its mean
     */
    public void update(int rowScale) {
        update(rowScale, 1);
    }

    /**
     * As above, in haste or not.
     *
     * @param haste learning rates are so many times those of the config, above 0
     */
    public void update(int rowScale, double haste) {
        if (!gradients.empty) {
            gradients.apply(features, parameters, config, rowScale, haste, crew);
            if (average != null) {
                average.follow(parameters);
            }
        }
        features.stepDone();
    }

    /** Norm of everything gathered, of rows and of dense parameters together; not finite if any number of it is not. */
    public double gathered() {
        return gradients.norm(crew);
    }

    /** Forgets what was gathered: the step teaches nothing. */
    public void discard() {
        gradients.clear();
        features.stepDone();
    }

    public ModelConfig config() {
        return config;
    }

    /** From now on notes what changes. */
    public void track() {
        features.track();
        denseTakenAt = parameters.updates();
    }

    /** What changed since {@link #track}, or since this was last asked; to be asked only once changes are noted. */
    public ModelChanges changes(Trust trust) {
        boolean denseMoved = parameters.updates() != denseTakenAt;
        denseTakenAt = parameters.updates();
        return new ModelChanges(this, trust, denseMoved);
    }

    /** Changes that were taken and could not be used become part of the next ones. */
    public void putBack(ModelChanges changes) {
        changes.putBack(this);
        if (changes.hasDense()) {
            denseTakenAt = NEVER;
        }
    }

    /** This model as of now, quickly. */
    public ModelSnapshot capture(Trust trust) {
        return new ModelSnapshot(this, trust);
    }

    /** The model a snapshot was taken of, to go on learning; what shapes parameters must agree. */
    public static Model restore(Path folder, ModelConfig config) {
        ModelFiles.Shape saved = ModelFiles.readShape(folder);
        ModelFiles.Shape wanted = ModelFiles.Shape.of(config);
        check(
                saved.backbone().equals(wanted.backbone()),
                "the snapshot's backbone must be %s as the settings say, got %s",
                wanted.backbone(),
                saved.backbone());
        check(saved.equals(wanted), "the snapshot's shape must agree with the settings: %s, got %s", saved, wanted);
        return ModelSnapshot.read(folder, config, true);
    }

    Network network() {
        return network;
    }

    Pooling pooling() {
        return pooling;
    }

    @Override
    public void close() {
        network.close();
        crew.close();
    }
}
