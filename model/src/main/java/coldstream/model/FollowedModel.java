package coldstream.model;

import coldstream.domain.ItemId;
import coldstream.model.backbone.ParameterSpec;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A model that predicts and takes in what its learner changed since a snapshot. What it gives to rank with stays as it is
 * while this goes on. One thread; rankers may be closed by any.
 *
 * <p>Memory: a ranker shares everything with the next one but the parts that changed, the dense weights and the fields of
 * items.
 */
public final class FollowedModel implements AutoCloseable {

    private final Model model;
    private final Features features;
    private Trust trust;

    private final SplitLogits.Spare spare = new SplitLogits.Spare();

    /** Of the newest ranker. */
    private @Nullable TextLanes texts;

    /** One for this, one for every ranker: who comes last closes the network. */
    private final AtomicInteger users = new AtomicInteger(1);

    private FollowedModel(Model model, Trust trust) {
        this.model = model;
        this.features = model.features;
        this.trust = trust;
    }

    /** Loads a snapshot folder as a learner's checkpoint wrote it. */
    public static FollowedModel load(Path snapshot) {
        Trust trust = ModelFiles.read(snapshot.resolve(ModelFiles.TRUST), Trust.class);
        ModelConfig config = ModelFiles.readShape(snapshot).config();
        return new FollowedModel(ModelSnapshot.read(snapshot, config, false), trust);
    }

    /** Items known. */
    public int items() {
        return features.catalogue().size();
    }

    /** Rows of items. */
    public int itemRows() {
        return features.items.rows();
    }

    /** Numbers of such a row. */
    public int itemRowWidth() {
        return features.items.width();
    }

    /** The model as of now, to rank with; to be closed. */
    public Ranker ranker() {
        users.incrementAndGet();
        Ranker ranker =
                new Ranker(features.fork(), model.network(), model.parameters, trust, this::release, spare, texts);
        texts = ranker.texts();
        return ranker;
    }

    /** As {@link #ranker}, without any item prepared. */
    Ranker rankerOfFew() {
        users.incrementAndGet();
        return new Ranker(
                features.fork(),
                model.network(),
                model.parameters,
                trust,
                this::release,
                0,
                new SplitLogits.Spare(),
                null);
    }

    private void release() {
        if (users.decrementAndGet() == 0) {
            model.close();
        }
    }

    /**
     * Takes in a part. Parts of one moment may come in any order; between the first and the last the model is none.
     *
     * @throws IllegalArgumentException if it is no part of such a model
     */
    public void apply(DeltaRecord record) {
        try {
            DeltaBytes content = DeltaBytes.read(record.content());
            switch (record.table()) {
                case "users" -> {
                    features.userIds.move(row(record), content.nextText());
                    put(features.users, record, content);
                }
                case "categories" -> {
                    features.categoryIds.move(row(record), content.nextText());
                    put(features.categories, record, content);
                }
                case "items" -> put(features.items, record, content);
                case "user_counts" -> put(features.userCounts, record, content);
                case "item_counts" -> put(features.itemCounts, record, content);
                case "recent_counts" -> put(features.recentCounts, record, content);
                case "teacher" -> put(features.teacher, record, content);
                case "catalogue" -> entry(row(record), content);
                case "vectors" -> features.text().follow(features.catalogue().own(row(record)), content.nextFloats());
                case "text" -> features.text().follow(content.nextText(), content.nextFloats(), content.nextFloats());
                case "dense" -> dense(record, content);
                case "state" -> state(record);
                default -> throw new IllegalArgumentException("a model has no " + record.table());
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a part must be whole, " + record.key() + " is not", e);
        }
    }

    private static int row(DeltaRecord record) {
        return Integer.parseInt(record.part());
    }

    private static void put(RowTable table, DeltaRecord record, DeltaBytes content) {
        table.put(row(record), content.nextFloats());
    }

    private void entry(int number, DeltaBytes content) {
        CatalogueEntry entry = features.catalogue().own(number, new ItemId(content.nextText()));
        String title = content.nextText();
        List<String> categories = content.nextTexts();
        long count = content.nextLong();
        double recent = content.nextDouble();
        long recentAt = content.nextLong();
        boolean listed = content.nextFlag();
        boolean retired = content.nextFlag();
        entry.restore(title, categories, listed, retired, count);
        entry.restoreRecent(recent, recentAt);
        entry.row = content.nextInt();
        entry.categoryRows = content.nextInts();
    }

    private void dense(DeltaRecord record, DeltaBytes content) {
        int bar = record.part().indexOf('|');
        String name = record.part().substring(bar + 1);
        int from = Integer.parseInt(record.part().substring(0, bar)) * DeltaRecord.BLOCK;
        ParameterSpec spec = model.parameters.specs().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the network has no parameter " + name));
        float[] block = content.nextFloats();
        System.arraycopy(block, 0, model.parameters.values(spec), from, block.length);
    }

    private void state(DeltaRecord record) {
        ModelChanges.State state = ModelFiles.read(record.content(), ModelChanges.State.class);
        trust = state.trust();
        features.positives = state.positives();
    }

    @Override
    public void close() {
        release();
    }
}
