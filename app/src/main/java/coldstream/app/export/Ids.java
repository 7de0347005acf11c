package coldstream.app.export;

import coldstream.domain.ItemId;
import coldstream.model.CatalogueItem;
import coldstream.model.ServedItem;
import coldstream.model.ServedModel;
import coldstream.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code ids.json} holds: whose each row is, by row.
 *
 * @param users empty text: a row that is nobody's
 * @param titles of the items
 * @param recommendable whether the item may be recommended: retired ones, and those nobody described or took, may not
 */
record Ids(
        List<String> users,
        List<String> items,
        List<String> titles,
        List<Boolean> recommendable,
        List<String> categories) {

    static void write(ServedModel model, Path folder) {
        List<ServedItem> items = model.items();
        Ids ids = new Ids(
                model.userIds(),
                items.stream()
                        .map(ServedItem::item)
                        .map(CatalogueItem::item)
                        .map(ItemId::value)
                        .toList(),
                items.stream().map(item -> item.item().title()).toList(),
                items.stream().map(ServedItem::active).toList(),
                model.categoryIds());
        Path file = folder.resolve("ids.json");
        try {
            Files.write(file, Json.write(ids));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
