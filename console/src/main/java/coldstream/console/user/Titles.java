package coldstream.console.user;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.wire.ItemReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Titles of the items announced last, for people. Bounded; thread-safe. */
public final class Titles {

    private static final int MOST = 50_000;
    private static final int LONGEST = 200;

    private final Map<String, String> titles = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /** Takes in a record of {@code items.v1}. */
    public void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            synchronized (this) {
                titles.remove(key);
            }
            return;
        }
        Optional<String> title = ItemReader.read(record.headers(), record.value())
                .match(item -> Optional.of(shown(item)), refused -> Optional.empty());
        synchronized (this) {
            title.ifPresent(text -> titles.put(key, text));
        }
    }

    public synchronized Optional<String> of(ItemId item) {
        return Optional.ofNullable(titles.get(item.value()));
    }

    private static String shown(Item item) {
        String text = item.title().isBlank() ? item.text() : item.title();
        return text.substring(0, Math.min(LONGEST, text.length()));
    }
}
