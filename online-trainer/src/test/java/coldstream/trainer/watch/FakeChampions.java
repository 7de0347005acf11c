package coldstream.trainer.watch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A registry of one model. */
final class FakeChampions implements ChampionSource {

    final Map<String, byte[]> references = new HashMap<>();
    Optional<String> champion = Optional.empty();
    boolean away;
    int fetched;

    @Override
    public Optional<String> champion() {
        if (away) {
            throw new IllegalStateException("out of reach");
        }
        return champion;
    }

    @Override
    public Optional<byte[]> reference(String version) {
        fetched++;
        return Optional.ofNullable(references.get(version));
    }
}
