package coldstream.trainer;

import coldstream.domain.Evidence;
import coldstream.model.Ranker;
import coldstream.trainer.judge.Contestant;
import coldstream.trainer.judge.RankedContestant;
import coldstream.trainer.judge.Tribunal;
import coldstream.wire.Comparison;
import coldstream.wire.SnapshotFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Has the newest version of a {@link FakePublisher} compared with the one before and with what is being learnt. */
final class PublishedTribunal implements Tribunal {

    private final FakePublisher registry;
    private final Path folder;
    private final AtomicLong steps = new AtomicLong();

    /** @param folder of the publisher */
    PublishedTribunal(FakePublisher registry, Path folder) {
        this.registry = registry;
        this.folder = folder;
    }

    /** Steps that evidence was found on, at most. */
    long steps() {
        return steps.get();
    }

    @Override
    public List<Comparison> comparisons() {
        int newest = registry.published().size();
        List<Comparison> wanted = new ArrayList<>();
        if (newest > 0) {
            wanted.add(new Comparison(Evidence.LIVE, Integer.toString(newest)));
        }
        if (newest > 1) {
            wanted.add(new Comparison(Integer.toString(newest), Integer.toString(newest - 1)));
        }
        return wanted;
    }

    @Override
    public Contestant load(String version) {
        Path files = folder.resolve(version);
        return new RankedContestant(
                Ranker.load(files), SnapshotFolder.manifest(files).offsets());
    }

    @Override
    public void submit(List<Evidence> evidence) {
        evidence.forEach(one -> steps.accumulateAndGet(one.steps(), Math::max));
    }
}
