package coldstream.app.export;

import coldstream.model.Safetensors;
import coldstream.model.ServedItem;
import coldstream.model.ServedModel;
import coldstream.model.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** {@code model.safetensors}: tables of rows, what says which rows an item uses, texts, and the network as {@code dense.*}. */
final class TensorFile {

    private TensorFile() {}

    static void write(Exported exported, Path file) {
        ServedModel model = exported.model();
        Safetensors.Builder tensors = new Safetensors.Builder();
        tensors.metadata("format", "coldstream.export.1")
                .metadata("snapshot", exported.id())
                .metadata("backbone", model.shape().backbone());
        add(tensors, "users", model.users());
        add(tensors, "items", model.itemRows());
        add(tensors, "categories", model.categories());
        add(tensors, "user_counts", model.userCounts());
        add(tensors, "item_counts", model.itemCounts());
        if (model.recentCounts().rows() > 0) {
            add(tensors, "recent_counts", model.recentCounts());
            ofItems(tensors, "items.recent_bucket", model, ServedItem::recentBucket);
        }
        if (model.shape().teacherField()) {
            add(tensors, "teacher", model.teacher());
        }
        add(tensors, "items.text", model.texts());
        ofItems(tensors, "items.count_bucket", model, ServedItem::countBucket);
        categories(tensors, model);
        long[] counts =
                model.items().stream().mapToLong(item -> item.item().count()).toArray();
        tensors.add("items.count", List.of(counts.length), counts);
        model.dense().forEach((name, tensor) -> add(tensors, "dense." + name, tensor));
        tensors.write(file);
    }

    private static void add(Safetensors.Builder tensors, String name, Tensor tensor) {
        tensors.add(name, tensor.shape(), tensor.values());
    }

    private static void ofItems(
            Safetensors.Builder tensors, String name, ServedModel model, ToIntFunction<ServedItem> number) {
        int[] numbers = model.items().stream().mapToInt(number).toArray();
        tensors.add(name, List.of(numbers.length), numbers);
    }

    /** The rows of each item's categories, −1 for none. */
    private static void categories(Safetensors.Builder tensors, ServedModel model) {
        int most = ServedItem.MAX_CATEGORIES;
        int[] rows = new int[model.items().size() * most];
        Arrays.fill(rows, -1);
        for (int k = 0; k < model.items().size(); k++) {
            List<Integer> taken = model.items().get(k).categoryRows();
            for (int c = 0; c < taken.size(); c++) {
                rows[k * most + c] = taken.get(c);
            }
        }
        tensors.add("items.categories", List.of(model.items().size(), most), rows);
    }
}
