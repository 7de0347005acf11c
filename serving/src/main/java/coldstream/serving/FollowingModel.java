package coldstream.serving;

import coldstream.model.DeltaRecord;
import java.nio.file.Path;

/** A snapshot's model that takes in what changed since. One thread; what it gave to answer with may be used by any. */
interface FollowingModel extends AutoCloseable {

    /**
     * Takes in a part of the model as it is now.
     *
     * @throws IllegalArgumentException if it fits no such model
     */
    void apply(DeltaRecord record);

    /** The model as of now, to answer with; to be closed. */
    RankingModel now();

    @Override
    void close();

    /** Makes a model of a snapshot folder; throws when the folder is no usable snapshot. */
    @FunctionalInterface
    interface Loader {

        FollowingModel load(Path snapshot);

        /** Models that stay as their snapshots are. */
        static Loader of(RankingModel.Loader loader) {
            return snapshot -> new FollowingModel() {
                @Override
                public void apply(DeltaRecord record) {
                    throw new IllegalArgumentException("this model takes nothing in");
                }

                @Override
                public RankingModel now() {
                    return loader.load(snapshot);
                }

                @Override
                public void close() {}
            };
        }
    }
}
