package coldstream.trainer.watch;

import java.util.Optional;

/** Who knows the champion. Calls may throw; they are made again later. */
public interface ChampionSource {

    /** The version that serves; empty before the first. */
    Optional<String> champion();

    /** What a version says it learnt from; empty for one from before this was written. */
    Optional<byte[]> reference(String version);
}
