package coldstream.trainer.learning;

import coldstream.model.DeltaBytes;
import coldstream.model.DeltaRecord;
import coldstream.model.ModelChanges;
import coldstream.trainer.delta.Epoch;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What changed in a learner's answers: its model's changes, and which items users have taken, which are not recommended
 * again. The key of the latter is {@code taken|user}, the content the numbers of all items the user took.
 */
public final class LearnerChanges implements Epoch.Changes {

    /** Table of what a user has taken. */
    private static final String TAKEN = "taken";

    final ModelChanges model;
    final int[] users;
    private final int[][] taken;

    LearnerChanges(ModelChanges model, Memory memory) {
        this.model = model;
        users = memory.took.take();
        taken = new int[users.length][];
        for (int k = 0; k < users.length; k++) {
            taken[k] = memory.user(users[k]).taken.toIntArray();
        }
    }

    @Override
    public void requireSound() {
        model.requireFinite();
    }

    @Override
    public void records(Consumer<DeltaRecord> to) {
        model.records(to);
        for (int k = 0; k < users.length; k++) {
            Arrays.sort(taken[k]);
            DeltaBytes content = DeltaBytes.write().ints(taken[k]);
            to.accept(new DeltaRecord(TAKEN, Integer.toString(users[k]), content.done()));
        }
    }
}
