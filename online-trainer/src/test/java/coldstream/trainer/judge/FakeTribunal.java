package coldstream.trainer.judge;

import coldstream.domain.Evidence;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserContext;
import coldstream.wire.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

/** A registry whose versions are formulas: the logit of an item by its id. */
final class FakeTribunal implements Tribunal {

    final List<Evidence> submitted = new CopyOnWriteArrayList<>();
    final List<String> closed = new CopyOnWriteArrayList<>();
    final List<String> loaded = new CopyOnWriteArrayList<>();
    volatile List<Comparison> wanted = List.of();
    volatile boolean away;

    private final Map<String, ToDoubleFunction<String>> versions = new TreeMap<>();
    private final Map<String, Long> offsets = new TreeMap<>();

    /** A version that has learnt from everything before an offset. */
    FakeTribunal with(String version, long offset, ToDoubleFunction<String> logit) {
        versions.put(version, logit);
        offsets.put(version, offset);
        return this;
    }

    FakeTribunal comparing(Comparison... comparisons) {
        wanted = List.of(comparisons);
        return this;
    }

    @Override
    public List<Comparison> comparisons() {
        requireThere();
        return wanted;
    }

    @Override
    public Contestant load(String version) {
        ToDoubleFunction<String> logit = versions.get(version);
        if (logit == null) {
            throw new IllegalStateException("a version must exist, got " + version);
        }
        loaded.add(version);
        return new Contestant() {
            @Override
            public Map<String, Long> offsets() {
                return Map.of("samples-0", offsets.getOrDefault(version, 0L));
            }

            @Override
            public List<float[]> measure(List<ScoredEvent> events, List<UserContext> users) {
                List<float[]> logits = new ArrayList<>();
                for (ScoredEvent event : events) {
                    float[] of = new float[1 + event.negatives().size()];
                    of[0] = (float) logit.applyAsDouble(event.sample().item().value());
                    for (int k = 1; k < of.length; k++) {
                        of[k] = (float) logit.applyAsDouble(
                                event.negatives().get(k - 1).item().value());
                    }
                    logits.add(of);
                }
                return logits;
            }

            @Override
            public void close() {
                closed.add(version);
            }
        };
    }

    @Override
    public void submit(List<Evidence> evidence) {
        requireThere();
        submitted.addAll(evidence);
    }

    private void requireThere() {
        if (away) {
            throw new IllegalStateException("the registry must answer");
        }
    }
}
