package coldstream.app.dataset;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import java.util.stream.Stream;

/** A finite, repeatable stream of interactions and the catalogue they are about. */
public interface DataSet {

    /** A short name for reports. */
    String name();

    /** How large it is. */
    Summary summary();

    /** The catalogue, every item once; close the stream after use. */
    Stream<Item> items();

    /**
     * The interactions by time, equal times in the order of the source; close the stream after use.
     *
     * <p>An interaction's event id is its row number from 1, its source names the data set, so that a repeat of the same
     * data set is recognised. A row with a rating is of type {@code rating}, one without a {@code click}.
     */
    Stream<Interaction> interactions();

    /**
     * @param events interactions
     * @param users with an interaction
     * @param items in the catalogue or in an interaction
     */
    record Summary(long events, long users, long items) {}
}
