package coldstream.trainer.judge;

import coldstream.domain.Evidence;
import coldstream.wire.Comparison;
import java.util.List;

/** Who asks for evidence and decides by it. Calls may throw; the judge asks again later. */
public interface Tribunal {

    /** What is to be compared now. */
    List<Comparison> comparisons();

    /** The weights of a version. */
    Contestant load(String version);

    /** Hands over what was found so far. */
    void submit(List<Evidence> evidence);
}
