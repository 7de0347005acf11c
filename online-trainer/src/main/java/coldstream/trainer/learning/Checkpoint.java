package coldstream.trainer.learning;

import java.nio.file.Path;

/** A learner's whole state at one moment; the learner goes on while this is written. */
public final class Checkpoint {

    Checkpoint() {}

    /** Writes the snapshot's files into an existing, empty folder; everything but the manifest. Any thread may call it. */
    public void write(Path folder) {}
}
