package coldstream.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MovieLensConversionTest {

    @TempDir
    private Path folder = Path.of("");

    /** The source is by user, then movie: rebuilt from the converted files, and converted again. */
    @Test
    void theWholeOfMovieLensComesOutInTheOrderOfTheReferenceFiles() throws IOException {
        FolderDataSet reference = FolderDataSet.open(RealDataSets.folder("ml-latest-small"));
        List<Interaction> expected = interactions(reference);
        Path zip = folder.resolve("archive.zip");
        try (OutputStream file = Files.newOutputStream(zip);
                var out = new ZipOutputStream(file)) {
            out.putNextEntry(new ZipEntry("ml-latest-small/ratings.csv"));
            out.write(ratings(expected).getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("ml-latest-small/movies.csv"));
            out.write(movies(reference).getBytes(StandardCharsets.UTF_8));
        }
        Path converted = Files.createDirectory(folder.resolve("ml-latest-small"));
        MovieLensConversion.convert(zip, converted);
        FolderDataSet found = FolderDataSet.open(converted);

        assertThat(found.summary()).isEqualTo(new DataSet.Summary(100_836, 610, 9_742));
        assertThat(interactions(found)).isEqualTo(expected);
        try (Stream<Item> items = found.items();
                Stream<Item> others = reference.items()) {
            assertThat(items.toList()).isEqualTo(others.toList());
        }
    }

    private static List<Interaction> interactions(DataSet data) {
        try (Stream<Interaction> rows = data.interactions()) {
            return rows.toList();
        }
    }

    private static String ratings(List<Interaction> rows) {
        return rows.stream()
                .sorted(Comparator.comparingInt(
                                (Interaction row) -> Integer.parseInt(row.user().value()))
                        .thenComparing(row -> Integer.parseInt(row.item().value())))
                .map(row -> "%s,%s,%s,%d"
                        .formatted(
                                row.user(),
                                row.item(),
                                row.value().getAsDouble(),
                                row.timestamp().getEpochSecond()))
                .collect(Collectors.joining("\n", "userId,movieId,rating,timestamp\n", "\n"));
    }

    private static String movies(DataSet data) {
        try (Stream<Item> items = data.items()) {
            return items.map(item -> "%s,\"%s\",%s"
                            .formatted(
                                    item.item(),
                                    item.title().replace("\"", "\"\""),
                                    item.categories().isEmpty()
                                            ? "(no genres listed)"
                                            : String.join("|", item.categories())))
                    .collect(Collectors.joining("\n", "movieId,title,genres\n", "\n"));
        }
    }
}
