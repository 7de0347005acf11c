package coldstream.app.evaluate.teacher;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.LabelRules;
import coldstream.domain.TextVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The teachers by name. */
public final class Teachers {

    /** The one that knows the future. */
    public static final String ORACLE = "oracle";

    /** The encoder, asked besides about users who could like a tail item. */
    public static final String TAIL_USERS = "tail-users";

    /** Every name. */
    public static final List<String> NAMES = List.of("encoder", TAIL_USERS, "random", "shuffled", ORACLE);

    /** Numbers of a vector that is no text's, as many as the text encoder gives. */
    static final int DIMENSION = 384;

    private static final int USERS_BESIDES = 3;

    private static final long SEED = 20_260_102;

    private Teachers() {}

    /**
     * A teacher for one walk over the stream.
     *
     * @param texts vectors of the items' texts
     * @param interactions the whole stream; read by the oracle alone, and closed
     */
    public static Teacher of(
            String name,
            List<Item> items,
            Supplier<List<ItemVector>> texts,
            Supplier<Stream<Interaction>> interactions,
            LabelRules labels) {
        return switch (name) {
            case "encoder" -> new EncoderTeacher(items, texts.get());
            case TAIL_USERS -> {
                var encoder = new EncoderTeacher(items, texts.get());
                yield new TailUsersTeacher(encoder, USERS_BESIDES, encoder::cosine);
            }
            case "random" -> new EncoderTeacher(items, random(items));
            case "shuffled" -> new EncoderTeacher(items, shuffled(texts.get()));
            case ORACLE -> {
                try (Stream<Interaction> all = interactions.get()) {
                    yield new OracleTeacher(items, new Future(all, labels));
                }
            }
            default -> throw new IllegalArgumentException("teacher must be one of %s, got %s".formatted(NAMES, name));
        };
    }

    /** A random direction for each item: it says nothing about anything. */
    private static List<ItemVector> random(List<Item> items) {
        var random = new Random(SEED);
        List<ItemVector> found = new ArrayList<>();
        for (Item item : items) {
            float[] values = new float[DIMENSION];
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) random.nextGaussian();
            }
            found.add(new ItemVector(item.item(), "random", item.item().value(), TextVector.of(values)));
        }
        return found;
    }

    /** Each item gets the vector of another: what the texts look like is kept, what they mean is lost. */
    private static List<ItemVector> shuffled(List<ItemVector> texts) {
        List<TextVector> vectors =
                new ArrayList<>(texts.stream().map(ItemVector::vector).toList());
        Collections.shuffle(vectors, new Random(SEED));
        List<ItemVector> found = new ArrayList<>();
        for (int place = 0; place < texts.size(); place++) {
            ItemVector text = texts.get(place);
            found.add(new ItemVector(text.item(), "shuffled-" + text.encoder(), text.textHash(), vectors.get(place)));
        }
        return found;
    }
}
