package coldstream.app.dataset;

import coldstream.app.dataset.ShopVocabulary.Department;
import java.util.SplittableRandom;

/**
 * What a customer likes: two departments, one shelf in each, one style, and cheap or dear.
 *
 * @param firstDepartment index of the one they buy in most
 * @param secondDepartment index of another
 * @param firstShelf index in the first department
 * @param secondShelf index in the second department
 * @param style index of the style
 */
record ShopTaste(int firstDepartment, int secondDepartment, int firstShelf, int secondShelf, int style) {

    /** The taste of a customer, the same whenever asked. */
    static ShopTaste of(int customer, long seed) {
        var random = new SplittableRandom(seed * 31 + customer);
        int departments = ShopVocabulary.DEPARTMENTS.size();
        int first = random.nextInt(departments);
        int second = (first + 1 + random.nextInt(departments - 1)) % departments;
        return new ShopTaste(
                first,
                second,
                random.nextInt(shelves(first)),
                random.nextInt(shelves(second)),
                random.nextInt(ShopVocabulary.STYLES.size()));
    }

    private static int shelves(int department) {
        Department chosen = ShopVocabulary.DEPARTMENTS.get(department);
        return chosen.shelves().size();
    }

    /**
     * How much the customer likes an item, in nats: e to this is proportional to the chance of choosing it.
     *
     * @param fashion 1, or -1 where what most liked is what most dislike
     */
    double liking(ShopCatalogue.Good good, int fashion) {
        double liking = fashion * good.appeal();
        liking += good.style() == style ? 1.5 : 0;
        if (good.department() == firstDepartment) {
            liking += good.shelf() == firstShelf ? 4 : 2;
        } else if (good.department() == secondDepartment) {
            liking += good.shelf() == secondShelf ? 3 : 1;
        }
        return liking;
    }
}
