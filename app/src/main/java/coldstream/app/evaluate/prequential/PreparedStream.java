package coldstream.app.evaluate.prequential;

import coldstream.app.evaluate.teacher.Teacher;
import coldstream.app.evaluate.worker.ContentHash;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.wire.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * What a learner sees of a data set, in files that every worker reads as it goes: the items, the samples, and for each
 * teacher its vectors and its answers. Prepared once, the same for every arm and seed.
 *
 * @param folder of the files
 * @param events samples in it
 * @param users who are in them
 */
record PreparedStream(Path folder, int events, int users) {

    private static final String ITEMS = "items.jsonl";
    private static final String SAMPLES = "samples.bin";

    /**
     * Walks the interactions once, asking each teacher as ingest would.
     *
     * @param folder empty
     * @param asked teachers by name
     */
    static PreparedStream write(
            Path folder,
            Iterable<Item> items,
            Stream<Interaction> interactions,
            LocalIngest ingest,
            Map<String, Teacher> asked,
            IntConsumer progress)
            throws IOException {
        lines(folder.resolve(ITEMS), items);
        Map<Teacher, AnswerFile.Writer> answers = new LinkedHashMap<>();
        Set<UserId> users = new HashSet<>();
        int event = 0;
        try (var samples = new SampleFile.Writer(folder.resolve(SAMPLES))) {
            for (Map.Entry<String, Teacher> teacher : asked.entrySet()) {
                lines(vectorFile(folder, teacher.getKey()), teacher.getValue().vectors());
                answers.put(teacher.getValue(), new AnswerFile.Writer(answerFile(folder, teacher.getKey())));
            }
            for (Iterator<Interaction> all = interactions.iterator(); all.hasNext(); event++) {
                LocalIngest.Outcome outcome = ingest.accept(all.next());
                samples.write(outcome.sample());
                users.add(outcome.sample().user());
                for (Map.Entry<Teacher, AnswerFile.Writer> teacher : answers.entrySet()) {
                    for (SoftScores scores : outcome.ask(teacher.getKey())) {
                        teacher.getValue().write(new AnswerFile.Answer(event, scores, outcome.history(scores)));
                    }
                }
                if (event % 1_000 == 0) {
                    progress.accept(event);
                }
            }
        } finally {
            for (AnswerFile.Writer writer : answers.values()) {
                writer.close();
            }
        }
        return new PreparedStream(folder, event, users.size());
    }

    private static void lines(Path file, Iterable<?> values) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Object value : values) {
                out.write(new String(Json.write(value), StandardCharsets.UTF_8));
                out.newLine();
            }
        }
    }

    private static Path vectorFile(Path folder, String teacher) {
        return folder.resolve(teacher + "-vectors.jsonl");
    }

    private static Path answerFile(Path folder, String teacher) {
        return folder.resolve(teacher + "-answers.bin");
    }

    /** SHA-256 of all files, in the order of their names. */
    String contentHash() throws IOException {
        List<Path> files;
        try (Stream<Path> inside = Files.list(folder)) {
            files = inside.sorted().toList();
        }
        ContentHash hash = new ContentHash();
        for (Path file : files) {
            hash.add(file.getFileName().toString());
            hash.add(file);
        }
        return hash.hex();
    }

    void items(Consumer<Item> to) throws IOException {
        read(folder.resolve(ITEMS), Item.class, to);
    }

    void vectors(String teacher, Consumer<ItemVector> to) throws IOException {
        read(vectorFile(folder, teacher), ItemVector.class, to);
    }

    private static <T> void read(Path file, Class<T> type, Consumer<T> to) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                to.accept(Json.read(line.getBytes(StandardCharsets.UTF_8), type));
            }
        }
    }

    SampleFile.Reader samples() throws IOException {
        return new SampleFile.Reader(folder.resolve(SAMPLES));
    }

    AnswerFile.Reader answers(String teacher) throws IOException {
        return new AnswerFile.Reader(answerFile(folder, teacher));
    }
}
