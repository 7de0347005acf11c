package coldstream.app.evaluate.offline;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.SoftScores;
import java.util.List;

/**
 * What every network is told beside the interactions.
 *
 * @param items the catalogue
 * @param vectors of the items' texts; empty when no arm uses them
 * @param answers of the teacher, who was asked with training histories alone; empty when no arm uses them
 */
record Lesson(List<Item> items, List<ItemVector> vectors, List<SoftScores> answers) {

    /** Without what this arm does not use. */
    Lesson asMuchAs(Arm arm) {
        return new Lesson(items, arm.taught() ? vectors : List.of(), arm.guided() ? answers : List.of());
    }
}
