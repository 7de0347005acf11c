package coldstream.benchmarks.scoring;

import coldstream.domain.Item;
import coldstream.textencoder.BgeSmallEncoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The scoring path beside its bounds. */
@Command(
        name = "scoring",
        description =
                "The scorer worker beside the bare encoder, beside an endpoint's latency, and over many requests.",
        mixinStandardHelpOptions = true)
public final class ScoringCommand implements Callable<Integer> {

    private static final double NANOS = 1e9;
    private static final double MEBIBYTE = 1 << 20;
    private static final int BATCH = 128;
    private static final int CATALOGUE = 400;
    private static final int CANDIDATES = 20;

    /** What is measured. */
    enum Part {
        ENCODER,
        ENDPOINT,
        SOAK
    }

    @Option(names = "--part", required = true, description = "encoder, endpoint or soak")
    private Part part = Part.ENCODER;

    @Option(names = "--texts", defaultValue = "1500", description = "of each round of the encoder")
    private int texts;

    @Option(names = "--rounds", defaultValue = "3")
    private int rounds;

    @Option(names = "--threads", defaultValue = "2", description = "of the encoder")
    private int threads;

    @Option(names = "--requests", defaultValue = "8000")
    private int requests;

    @Option(names = "--concurrency", defaultValue = "64")
    private int concurrency;

    @Option(names = "--latency", defaultValue = "200", description = "of the endpoint, ms")
    private int latency;

    @Override
    public Integer call() throws IOException, InterruptedException {
        switch (part) {
            case ENCODER -> encoder();
            case ENDPOINT -> endpoint();
            case SOAK -> soak();
        }
        return 0;
    }

    /** Rounds in turn over the same texts: bare, then from the items topic to the vectors topic and back. */
    private void encoder() throws InterruptedException {
        try (BgeSmallEncoder bare = new BgeSmallEncoder(threads);
                ScoringRig rig = new ScoringRig(Map.of("scorer.encoder-threads", Integer.toString(threads)))) {
            long announced = 0;
            List<Double> ratios = new ArrayList<>();
            List<Double> processor = new ArrayList<>();
            ProcessorTime clock = new ProcessorTime();
            for (int round = 0; round <= rounds; round++) {
                List<Item> items = items(round, texts);
                List<String> some = items.stream().map(Item::text).toList();
                ProcessorTime.Spent before = clock.now();
                long start = System.nanoTime();
                for (int from = 0; from < some.size(); from += BATCH) {
                    bare.encode(some.subList(from, Math.min(from + BATCH, some.size())));
                }
                double alone = (System.nanoTime() - start) / NANOS;
                ProcessorTime.Spent bareSpent = clock.now().since(before);
                before = clock.now();
                start = System.nanoTime();
                items.forEach(rig::announce);
                rig.flush();
                announced += some.size();
                long wanted = announced;
                double whole = (rig.await(progress -> progress.itemVectors() >= wanted) - start) / NANOS;
                ProcessorTime.Spent wholeSpent = clock.now().since(before);
                if (round > 0) { // the first warms up
                    ratios.add(alone / whole);
                    processor.add(bareSpent.byThreads() / wholeSpent.byThreads());
                    System.out.printf(
                            "round %d: bare %.1f texts/s, worker %.1f texts/s, ratio %.3f%n",
                            round, some.size() / alone, some.size() / whole, alone / whole);
                    System.out.printf("  processor time, bare:   %s%n", bareSpent);
                    System.out.printf("  processor time, worker: %s%n", wholeSpent);
                }
            }
            System.out.printf(
                    "median ratio %.3f, of processor time without the compiler %.3f; to be at least 0.9%n",
                    median(ratios), median(processor));
        }
    }

    /** Requests wait in the topic; the middle eight tenths of the answers are timed. */
    private void endpoint() throws IOException, InterruptedException {
        Duration pause = Duration.ofMillis(latency);
        try (SlowEndpoint slow = new SlowEndpoint(pause, CANDIDATES);
                ScoringRig rig = new ScoringRig(Map.of(
                        "scorer.provider", "openai",
                        "scorer.openai.base-url", slow.url().toString(),
                        "scorer.openai.concurrency", Integer.toString(concurrency),
                        "scorer.candidates", Integer.toString(CANDIDATES)))) {
            fill(rig);
            ask(rig, 0, requests);
            long begin = rig.await(progress -> progress.scored() >= requests / 10);
            long first = rig.progress().scored();
            long end = rig.await(progress -> progress.scored() >= requests * 9L / 10);
            long last = rig.progress().scored();
            double rate = (last - first) / ((end - begin) / NANOS);
            double bound = concurrency * 1000.0 / latency;
            System.out.printf(
                    "%,d requests, %d at once, %d ms each: %.1f/s of %.1f/s, ratio %.3f; to be at least 0.95%n",
                    last - first, concurrency, latency, rate, bound, rate / bound);
        }
    }

    /** Heap in use after a collection, at every twentieth of the requests. */
    private void soak() throws InterruptedException {
        try (ScoringRig rig = new ScoringRig(Map.of("scorer.encoder-threads", Integer.toString(threads)))) {
            fill(rig);
            long asked = 0;
            System.out.println("requests,seconds,heap_mib,threads");
            long start = System.nanoTime();
            for (int look = 1; look <= 20; look++) {
                int some = requests / 20;
                ask(rig, asked, some);
                asked += some;
                long wanted = asked;
                rig.await(progress -> progress.scored() >= wanted);
                System.gc();
                var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
                System.out.printf(
                        "%d,%.1f,%.1f,%d%n",
                        asked,
                        (System.nanoTime() - start) / NANOS,
                        heap.getUsed() / MEBIBYTE,
                        ManagementFactory.getThreadMXBean().getThreadCount());
            }
        }
    }

    private static void fill(ScoringRig rig) throws InterruptedException {
        List<String> titles = titles(99, CATALOGUE);
        for (int i = 0; i < CATALOGUE; i++) {
            rig.announce(ScoringRig.item("item-" + i, titles.get(i)));
        }
        rig.flush();
        rig.await(progress -> progress.itemVectors() >= CATALOGUE);
    }

    private static void ask(ScoringRig rig, long from, int count) {
        SplittableRandom random = new SplittableRandom(from);
        for (int i = 0; i < count; i++) {
            rig.ask(from + i, List.of("item-" + random.nextInt(CATALOGUE), "item-" + random.nextInt(CATALOGUE)));
        }
        rig.flush();
    }

    private static List<Item> items(int seed, int count) {
        List<String> titles = titles(seed, count);
        List<Item> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(ScoringRig.item("round-" + seed + "-" + i, titles.get(i)));
        }
        return items;
    }

    /** Titles of three to nine words, no two alike. */
    private static List<String> titles(int seed, int count) {
        String[] words = {
            "night", "river", "blue", "engine", "garden", "silent", "last", "summer", "iron", "letters", "winter",
            "road", "city", "of", "the", "lost", "golden", "bridge", "storm", "house"
        };
        SplittableRandom random = new SplittableRandom(seed);
        List<String> titles = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            StringBuilder title = new StringBuilder("Volume " + seed + "." + i);
            for (int word = random.nextInt(3, 10); word > 0; word--) {
                title.append(' ').append(words[random.nextInt(words.length)]);
            }
            titles.add(title.toString());
        }
        return titles;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
