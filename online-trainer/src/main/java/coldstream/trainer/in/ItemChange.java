package coldstream.trainer.in;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import java.util.Optional;

/**
 * News of an item.
 *
 * @param item what is known of it now; empty when it is retired
 */
public record ItemChange(ItemId id, Optional<Item> item) {}
