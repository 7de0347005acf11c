package coldstream.app.dataset;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * MovieLens' archive in our form.
 *
 * <p>Ratings are ordered by time, then by the hash of the user, then as in the source: users with equal times do not come in
 * the order of their numbers, which would carry information.
 */
final class MovieLensConversion {

    private static final String NO_GENRES = "(no genres listed)";

    private MovieLensConversion() {}

    /** Reads {@code ratings.csv} and {@code movies.csv} of the archive and writes our two files into the folder. */
    static void convert(Path zip, Path folder) throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(zip)) {
            Path source = archive.getPath("ml-latest-small");
            interactions(source.resolve("ratings.csv"), folder.resolve("interactions.csv.gz"));
            items(source.resolve("movies.csv"), folder.resolve("items.csv.gz"));
        }
    }

    private record Rating(String user, String item, String rating, long timestamp, String userHash) {}

    private static void interactions(Path source, Path target) throws IOException {
        Map<String, String> hashes = new HashMap<>();
        List<Rating> ratings = new ArrayList<>();
        try (Stream<CsvTable.Row> rows = CsvTable.rows(source, "userId", "movieId", "rating", "timestamp")) {
            rows.forEach(row -> ratings.add(new Rating(
                    row.text("userId"),
                    row.text("movieId"),
                    row.text("rating").replaceFirst("\\.0$", ""),
                    row.parse("timestamp", "timestamp must be whole seconds since 1970", Long::parseLong),
                    hashes.computeIfAbsent(
                            row.text("userId"),
                            user -> MovieLens.sha256(("u" + user).getBytes(StandardCharsets.UTF_8))))));
        }
        ratings.sort(Comparator.comparingLong(Rating::timestamp).thenComparing(Rating::userHash));
        try (CsvWriter csv = writer(target)) {
            csv.writeRecord("user_id", "item_id", "rating", "timestamp");
            for (Rating rating : ratings) {
                csv.writeRecord(rating.user, rating.item, rating.rating, Long.toString(rating.timestamp));
            }
        }
    }

    private static void items(Path source, Path target) throws IOException {
        try (Stream<CsvTable.Row> rows = CsvTable.rows(source, "movieId", "title", "genres");
                CsvWriter csv = writer(target)) {
            csv.writeRecord("item_id", "title", "categories", "brand", "description");
            rows.forEach(row -> {
                String genres = row.text("genres");
                csv.writeRecord(
                        row.text("movieId"), row.text("title").strip(), genres.equals(NO_GENRES) ? "" : genres, "", "");
            });
        }
    }

    private static CsvWriter writer(Path target) throws IOException {
        OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(target));
        Writer text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    }
}
