package coldstream.trainer.learning;

import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.model.Model;
import coldstream.model.ModelSnapshot;
import coldstream.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A learner's whole state at one moment; the learner goes on while this is written. */
public final class Checkpoint {

    private static final int FORMAT_VERSION = 2;
    private static final String STATE = "learner.json";

    private final ModelSnapshot model;
    private final MemoryFile memory;
    private final GateFile guidance;
    private final State state;

    /** The rest. {@code config} is for people: what must agree is checked where it matters. */
    record State(
            int formatVersion,
            Map<String, String> config,
            long steps,
            long samples,
            long strangers,
            long tailThreshold,
            long positives,
            List<PendingGold> waiting,
            List<SoftScores> early,
            Optional<List<TasteProfile>> earlyProfiles,
            List<LookBack.Watched> watched,
            List<Opinions.OfUser> opinions,
            Optional<Directed.State> directed) {}

    Checkpoint(OnlineLearner learner) {
        model = learner.model.capture(learner.trust());
        memory = new MemoryFile(learner.memory, learner.uncertainty);
        guidance = GateFile.of(learner);
        state = new State(
                FORMAT_VERSION,
                new TreeMap<>(learner.config().values()),
                learner.steps(),
                learner.samples(),
                learner.counters.strangers,
                learner.memory.tail.threshold,
                learner.memory.tail.positives,
                List.copyOf(learner.golds.waiting),
                learner.answers.early.all(),
                Optional.of(learner.answers.earlyProfiles.all()).filter(all -> !all.isEmpty()),
                List.copyOf(learner.lookBack.watched),
                learner.opinions.all(),
                learner.directed.state());
    }

    /** Writes the snapshot's files into an existing, empty folder; everything but the manifest. Any thread may call it. */
    public void write(Path folder) {
        model.write(folder);
        memory.write(folder);
        guidance.write(folder);
        try {
            Files.write(folder.resolve(STATE), Json.write(state));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        }
    }

    /** As {@link #write}, but refuses a model with a number that is none: nobody may serve it, nor go on from it. */
    public void writeSound(Path folder) {
        model.requireFinite();
        write(folder);
    }

    static OnlineLearner read(Path folder, LearnerConfig config) {
        OnlineLearner learner = new OnlineLearner(config, Model.restore(folder, config.model));
        try {
            State saved = Json.read(Files.readAllBytes(folder.resolve(STATE)), State.class);
            coldstream.domain.Check.check(
                    saved.formatVersion == FORMAT_VERSION,
                    "the learner's format must be %d, %s has %d",
                    FORMAT_VERSION,
                    folder,
                    saved.formatVersion);
            learner.counters.steps = saved.steps;
            learner.counters.samples = saved.samples;
            learner.counters.strangers = saved.strangers;
            learner.golds.waiting.addAll(saved.waiting);
            saved.early.forEach(learner.answers.early::add);
            saved.earlyProfiles.orElse(List.of()).forEach(learner.answers.earlyProfiles::add);
            if (learner.gate.looksBack()) {
                learner.lookBack.watched.addAll(saved.watched);
            }
            saved.opinions.forEach(learner.opinions::put);
            saved.directed.ifPresent(learner.directed::restore);
            learner.memory.tail.restore(learner.model.features().catalogue(), saved.tailThreshold, saved.positives);
            GateFile.read(folder).state().restore(learner);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
        MemoryFile.read(folder, learner.memory, learner.uncertainty);
        return learner;
    }
}
