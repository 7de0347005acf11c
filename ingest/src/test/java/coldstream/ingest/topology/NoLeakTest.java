package coldstream.ingest.topology;

import static coldstream.ingest.topology.Flow.NOON;
import static coldstream.ingest.topology.Flow.event;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Interaction;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No field of a sample changes when its own event, or any later one, is another or is missing.
 *
 * <p>The oracle is the definition itself: run the stream twice, the second time with events from some moment on changed or
 * removed, and compare what was known about everything before and at that moment. It shares no code with the topology and
 * would catch any feature taken from the state as it is instead of the state as it was.
 */
class NoLeakTest {

    private static final int EVENTS = 400;

    /** @param disorderSeconds how far an event may be overtaken, at most the lateness */
    @ParameterizedTest(name = "seed {0}, disorder {1} s")
    @CsvSource({"1, 0", "2, 60", "3, 300", "4, 590"})
    void noFieldOfASampleDependsOnItsOwnOrALaterEvent(long seed, int disorderSeconds) {
        Random random = new Random(seed);
        List<Interaction> stream = stream(random, disorderSeconds);
        Map<String, Sample> whole = samples(stream);
        assertThat(whole.values()).anyMatch(Sample::tail).anyMatch(sample -> !sample.cold());

        for (int probe = 0; probe < 5; probe++) {
            Interaction cut = stream.get(EVENTS / 3 + random.nextInt(EVENTS * 2 / 3));
            List<Interaction> changed = changedFrom(stream, cut, random);
            Map<String, Sample> other = samples(changed);
            List<Interaction> before =
                    stream.stream().filter(each -> isBefore(stream, each, cut)).toList();
            assertThat(before).isNotEmpty();
            before.forEach(each -> assertThat(other.get(id(each))).isEqualTo(whole.get(id(each))));

            Sample own = Objects.requireNonNull(whole.get(id(cut)));
            Sample ownChanged = Objects.requireNonNull(other.get(id(cut)));
            assertThat(ownChanged.label()).isNotEqualTo(own.label());
            assertThat(ownChanged)
                    .usingRecursiveComparison()
                    .ignoringFields("label", "strength")
                    .isEqualTo(own);
        }
    }

    /** The cut event becomes a dislike; later ones vanish, turn into dislikes or go to another item. */
    private static List<Interaction> changedFrom(List<Interaction> stream, Interaction cut, Random random) {
        List<Interaction> changed = new ArrayList<>();
        for (Interaction each : stream) {
            if (isBefore(stream, each, cut)) {
                changed.add(each);
            } else if (each.equals(cut)) {
                changed.add(rating(each, each.value().getAsDouble() >= 4 ? 1 : 5));
            } else {
                switch (random.nextInt(4)) {
                    case 0 -> {} // never happened
                    case 1 -> changed.add(rating(each, 1));
                    case 2 -> changed.add(with(each, "item-" + random.nextInt(40), 5));
                    default -> changed.add(each);
                }
            }
        }
        return changed;
    }

    /** By event time; of two at the same time the one that arrived first. */
    private static boolean isBefore(List<Interaction> stream, Interaction each, Interaction cut) {
        int byTime = each.timestamp().compareTo(cut.timestamp());
        return byTime < 0 || (byTime == 0 && stream.indexOf(each) < stream.indexOf(cut));
    }

    private static List<Interaction> stream(Random random, int disorderSeconds) {
        record Sent(long arrival, Interaction event) {}
        List<Sent> sent = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < EVENTS; i++) {
            time += random.nextInt(5) == 0 ? 0 : random.nextInt(60);
            int item = (int) Math.min(39, Math.abs(random.nextGaussian()) * 12);
            Interaction event =
                    event("e" + i, "rating", "user-" + random.nextInt(15), "item-" + item, NOON.plusSeconds(time));
            long delay = disorderSeconds == 0 ? 0 : random.nextInt(disorderSeconds);
            sent.add(new Sent(time + delay, rating(event, 1 + random.nextInt(5))));
        }
        return sent.stream()
                .sorted(Comparator.comparingLong(Sent::arrival))
                .map(Sent::event)
                .toList();
    }

    private static Map<String, Sample> samples(List<Interaction> stream) {
        TopologyConfig explicit = Flow.explicit();
        try (Flow flow = new Flow(explicit)) {
            flow.announce(IntStream.range(0, 40).mapToObj(i -> "item-" + i).toArray(String[]::new));
            stream.forEach(flow::send);
            return flow.samples().stream().collect(Collectors.toMap(Sample::sampleId, Function.identity()));
        }
    }

    private static String id(Interaction event) {
        return event.source() + "|" + event.eventId();
    }

    private static Interaction rating(Interaction event, double stars) {
        return with(event, event.item().value(), stars);
    }

    private static Interaction with(Interaction event, String item, double stars) {
        return new Interaction(
                event.eventId(),
                event.source(),
                event.type(),
                event.user(),
                new ItemId(item),
                OptionalDouble.of(stars),
                event.impressionId(),
                event.timestamp(),
                event.context());
    }
}
