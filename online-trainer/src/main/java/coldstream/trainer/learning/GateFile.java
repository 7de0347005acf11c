package coldstream.trainer.learning;

import coldstream.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code gate.json} holds: where the guidance stands, for people and pages, and the state to continue from.
 *
 * @param report follows from the state
 */
record GateFile(GateReport report, GuidanceState state) {

    private static final String NAME = "gate.json";

    static GateFile of(OnlineLearner learner) {
        return new GateFile(learner.gate(), GuidanceState.of(learner));
    }

    static GateFile read(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            return Json.read(Files.readAllBytes(file), GateFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    void write(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            Files.write(file, Json.write(this));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
