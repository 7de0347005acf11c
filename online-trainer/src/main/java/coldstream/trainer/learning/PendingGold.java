package coldstream.trainer.learning;

import coldstream.domain.UserId;
import java.util.List;

/**
 * A realised comparison that waits for the student's opinion: a user took one item, and both it and some others had been
 * scored before.
 *
 * @param history item numbers before the item was taken, newest last
 * @param count positives of the user before
 * @param taken number of the item taken
 * @param takenCount positives of that item before
 * @param left numbers of items not taken, of similar popularity
 * @param agreements one per item left: +1 where the language model put the taken item first, −1 where last
 */
record PendingGold(
        UserId user,
        List<Integer> history,
        long count,
        int taken,
        long takenCount,
        List<Integer> left,
        List<Integer> agreements) {}
