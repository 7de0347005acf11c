package coldstream.trainer.learning;

import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import coldstream.model.Catalogue;
import coldstream.model.CatalogueEntry;
import coldstream.model.Safetensors;
import coldstream.trainer.learning.uncertainty.Uncertainty;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code learner.safetensors} holds: the memory besides parameters, flat. */
final class MemoryFile {

    static final String NAME = "learner.safetensors";

    private static final String QUANTILES = "quantiles.";

    private final IntArrayList history = new IntArrayList();
    private final LongArrayList historyEnds = new LongArrayList();
    private final IntArrayList taken = new IntArrayList();
    private final LongArrayList takenEnds = new LongArrayList();
    private final LongArrayList counts = new LongArrayList();
    private final IntArrayList latest = new IntArrayList();
    private final List<ScoredRequest> requests;
    private final int[] requestUsers;
    private final int[] seen;
    private final int[] unseen;
    private final double[] uncertainties;
    private final String measure;
    private final List<Profiles.Known> profiles;

    /** Copies what may change; what never changes is copied when written. */
    MemoryFile(Memory memory, Uncertainty uncertainty) {
        requests = memory.queue.all();
        requestUsers = requests.stream().mapToInt(ScoredRequest::user).toArray();
        Map<IdentityOf, Integer> places = new HashMap<>();
        for (int place = 0; place < requests.size(); place++) {
            places.put(new IdentityOf(requests.get(place)), place);
        }
        for (UserMemory user : memory.users) {
            user.history.forEach(entry -> history.add(entry.number()));
            historyEnds.add(history.size());
            int[] sorted = user.taken.toIntArray(); // so that equal states are equal files
            Arrays.sort(sorted);
            taken.addElements(taken.size(), sorted);
            takenEnds.add(taken.size());
            counts.add(user.count);
            latest.add(user.latest == null ? -1 : places.getOrDefault(new IdentityOf(user.latest), -1));
        }
        seen = memory.candidates.seen.toArray();
        unseen = memory.candidates.unseen.toArray();
        uncertainties = uncertainty.state();
        measure = QUANTILES + uncertainty.measure();
        profiles = memory.profiles.all();
    }

    /** Equal only to itself. */
    private static final class IdentityOf {
        private final Object object;

        IdentityOf(Object object) {
            this.object = object;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the point of the class
        public boolean equals(@Nullable Object other) {
            return other instanceof IdentityOf that && that.object == object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }

    void write(Path folder) {
        Safetensors.Builder file = new Safetensors.Builder();
        add(file, "users.history", history);
        add(file, "users.history.ends", historyEnds);
        add(file, "users.taken", taken);
        add(file, "users.taken.ends", takenEnds);
        add(file, "users.count", counts);
        add(file, "users.latest", latest);
        file.add("seen", List.of(seen.length), seen);
        file.add("unseen", List.of(unseen.length), unseen);
        file.add(measure, List.of(uncertainties.length), uncertainties);
        addRequests(file);
        if (!profiles.isEmpty()) {
            addProfiles(file);
        }
        file.write(folder.resolve(NAME));
    }

    private void addRequests(Safetensors.Builder file) {
        int size = requests.size();
        long[] versions = new long[size];
        long[] ends = new long[size];
        IntArrayList items = new IntArrayList();
        List<Double> scores = new ArrayList<>();
        List<String> models = new ArrayList<>();
        List<String> times = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            ScoredRequest request = requests.get(k);
            versions[k] = request.historyVersion();
            times.add(request.historyMaxTime().toString());
            request.candidates().forEach(item -> items.add(item.number()));
            scores.addAll(request.scores());
            models.add(request.model());
            ends[k] = items.size();
        }
        file.add("requests.user", List.of(size), requestUsers);
        file.add("requests.version", List.of(size), versions);
        file.addTexts("requests.max_time", times);
        file.add("requests.ends", List.of(size), ends);
        add(file, "requests.items", items);
        double[] flat = scores.stream().mapToDouble(Double::doubleValue).toArray();
        file.add("requests.scores", List.of(flat.length), flat);
        file.addTexts("requests.model", models);
    }

    private void addProfiles(Safetensors.Builder file) {
        int size = profiles.size();
        long[] versions = new long[size];
        long[] ends = new long[size];
        int end = 0;
        for (int k = 0; k < size; k++) {
            versions[k] = profiles.get(k).historyVersion();
            end += profiles.get(k).vector().dimension();
            ends[k] = end;
        }
        float[] vectors = new float[end];
        for (int k = 0; k < size; k++) {
            float[] own = profiles.get(k).vector().toArray();
            System.arraycopy(own, 0, vectors, start(ends, k), own.length);
        }
        file.addTexts(
                "profiles.user",
                profiles.stream().map(profile -> profile.user().value()).toList());
        file.addTexts(
                "profiles.encoder",
                profiles.stream().map(Profiles.Known::encoder).toList());
        file.add("profiles.version", List.of(size), versions);
        file.addTexts(
                "profiles.max_time",
                profiles.stream()
                        .map(profile -> profile.historyMaxTime().toString())
                        .toList());
        file.add("profiles.ends", List.of(size), ends);
        file.add("profiles.vectors", List.of(end), vectors);
    }

    private static void readProfiles(Safetensors file, Profiles into) {
        if (!file.has("profiles.user")) {
            return;
        }
        List<String> users = file.texts("profiles.user");
        List<String> encoders = file.texts("profiles.encoder");
        long[] versions = file.longs("profiles.version");
        List<String> times = file.texts("profiles.max_time");
        long[] ends = file.longs("profiles.ends");
        float[] vectors = file.floats("profiles.vectors");
        for (int k = 0; k < versions.length; k++) {
            into.put(new Profiles.Known(
                    new UserId(users.get(k)),
                    encoders.get(k),
                    TextVector.of(Arrays.copyOfRange(vectors, start(ends, k), (int) ends[k])),
                    versions[k],
                    Instant.parse(times.get(k))));
        }
    }

    private static void add(Safetensors.Builder file, String name, IntArrayList values) {
        file.add(name, List.of(values.size()), values.toIntArray());
    }

    private static void add(Safetensors.Builder file, String name, LongArrayList values) {
        file.add(name, List.of(values.size()), values.toLongArray());
    }

    /** Puts everything back into the memory of a learner that has seen nothing but the model's files. */
    static void read(Path folder, Memory memory, Uncertainty uncertainty) {
        Safetensors file = Safetensors.read(folder.resolve(NAME));
        Catalogue catalogue = memory.features.catalogue();
        int[] history = file.ints("users.history");
        long[] historyEnds = file.longs("users.history.ends");
        int[] taken = file.ints("users.taken");
        long[] takenEnds = file.longs("users.taken.ends");
        long[] counts = file.longs("users.count");
        for (int user = 0; user < counts.length; user++) {
            UserMemory remembered = new UserMemory(user);
            remembered.count = counts[user];
            remembered.history = entries(catalogue, history, start(historyEnds, user), (int) historyEnds[user]);
            for (int k = start(takenEnds, user); k < takenEnds[user]; k++) {
                remembered.taken.add(taken[k]);
            }
            memory.users.add(remembered);
        }
        List<ScoredRequest> requests = requests(file, memory);
        requests.forEach(memory.queue::add);
        int[] latest = file.ints("users.latest");
        for (int user = 0; user < latest.length; user++) {
            memory.users.get(user).latest = latest[user] < 0 ? null : requests.get(latest[user]);
        }
        for (int item : file.ints("seen")) {
            memory.candidates.seen.add(item);
        }
        for (int item : file.ints("unseen")) {
            memory.candidates.unseen.add(item);
        }
        readProfiles(file, memory.profiles);
        if (file.has(QUANTILES + uncertainty.measure())) { // another measure's say nothing: it starts anew
            uncertainty.restore(file.doubles(QUANTILES + uncertainty.measure()));
        }
    }

    private static List<ScoredRequest> requests(Safetensors file, Memory memory) {
        Catalogue catalogue = memory.features.catalogue();
        int[] users = file.ints("requests.user");
        long[] versions = file.longs("requests.version");
        List<String> times = file.texts("requests.max_time");
        long[] ends = file.longs("requests.ends");
        int[] items = file.ints("requests.items");
        double[] scores = file.doubles("requests.scores");
        List<String> models = file.texts("requests.model");
        List<ScoredRequest> requests = new ArrayList<>();
        for (int k = 0; k < users.length; k++) {
            int from = start(ends, k);
            List<Double> own = new ArrayList<>();
            for (int at = from; at < ends[k]; at++) {
                own.add(scores[at]);
            }
            requests.add(new ScoredRequest(
                    users[k] < 0 ? new UserMemory(-1) : memory.user(users[k]),
                    entries(catalogue, items, from, (int) ends[k]),
                    own,
                    models.get(k),
                    versions[k],
                    Instant.parse(times.get(k))));
        }
        return requests;
    }

    private static int start(long[] ends, int k) {
        return k == 0 ? 0 : (int) ends[k - 1];
    }

    private static List<CatalogueEntry> entries(Catalogue catalogue, int[] numbers, int from, int to) {
        List<CatalogueEntry> entries = new ArrayList<>(to - from);
        for (int k = from; k < to; k++) {
            entries.add(catalogue.get(numbers[k]));
        }
        return List.copyOf(entries);
    }
}
