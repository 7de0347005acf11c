package coldstream.app.evaluate.offline;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Says how much users will like items, from training and from what they took before. */
interface Predictor {

    /** Items to be compared for a user as of one moment. */
    final class Question {

        private final int user;
        private final int place;
        private final int[] items;

        /**
         * @param user number of the user
         * @param place the user's interactions before this one may be looked at
         * @param items their numbers
         */
        Question(int user, int place, int... items) {
            this.user = user;
            this.place = place;
            this.items = items.clone();
        }

        int user() {
            return user;
        }

        int place() {
            return place;
        }

        int size() {
            return items.length;
        }

        int item(int k) {
            return items[k];
        }

        IntStream items() {
            return Arrays.stream(items);
        }
    }

    /** One score for each item of each question; the higher, the more likely. */
    double[][] scores(List<Question> questions);
}
