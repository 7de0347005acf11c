package coldstream.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FolderDataSetTest {

    private static final String HEADER = "user_id,item_id,rating,timestamp\n";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void aSmallDataSet() throws IOException {
        write("interactions.csv", HEADER + "ada,tea,4.5,100\nbob,tea,,100\nada,\"milk, fresh\",1,200\n");
        write("items.csv", """
                item_id,title,categories,brand,description
                tea,"Green ""Sencha"" Tea",Drinks|Tea|,Uji,
                "milk, fresh",,,,"two
                lines"
                tea,again,,,
                """);
    }

    @Test
    void readsInteractionsInOrderWithTheirRowNumbers() {
        assertThat(interactions())
                .containsExactly(
                        interaction("1", "rating", "ada", "tea", OptionalDouble.of(4.5), 100),
                        interaction("2", "click", "bob", "tea", OptionalDouble.empty(), 100),
                        interaction("3", "rating", "ada", "milk, fresh", OptionalDouble.of(1), 200));
    }

    @Test
    void readsEachItemOnceWithQuotedFieldsAndCategories() {
        assertThat(items())
                .containsExactly(
                        new Item(
                                new ItemId("tea"),
                                "Green \"Sencha\" Tea",
                                List.of("Drinks", "Tea"),
                                Optional.of("Uji"),
                                Optional.empty(),
                                Map.of()),
                        new Item(
                                new ItemId("milk, fresh"),
                                "",
                                List.of(),
                                Optional.empty(),
                                Optional.of("two\nlines"),
                                Map.of()));
    }

    @Test
    void keywordsBecomeAnAttribute() throws IOException {
        write("item_keywords.csv", "item_id,keywords\ntea,leaf green cup\nunknown,nothing\n");

        assertThat(items())
                .extracting(Item::attributes)
                .containsExactly(Map.of("keywords", "leaf green cup"), Map.of());
    }

    @Test
    void countsEventsUsersAndItemsIncludingThoseOutsideTheCatalogue() throws IOException {
        write("interactions.csv", HEADER + "ada,tea,,1\nada,water,,2\nbob,tea,,3\n");

        assertThat(FolderDataSet.open(folder).summary()).isEqualTo(new DataSet.Summary(3, 2, 3));
    }

    @Test
    void aGzipFileIsPreferredToAPlainOne() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("interactions.csv.gz")))) {
            out.write((HEADER + "eve,tea,,7\n").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(interactions()).extracting(Interaction::user).containsExactly(new UserId("eve"));
    }

    @Test
    void rowsOutOfOrderAreSortedByTimeAndTiesKeepTheirOrder() throws IOException {
        write("interactions.csv", HEADER + "c,tea,,30\na,tea,,10\nd,tea,,30\nb,tea,,10\n");

        assertThat(interactions())
                .extracting(row -> row.user().value() + row.eventId())
                .containsExactly("a2", "b4", "c1", "d3");
    }

    @Test
    void aByteOrderMarkAndColumnsInAnotherOrderDoNotMatter() throws IOException {
        write("interactions.csv", "\uFEFFtimestamp,item_id,extra,user_id\r\n5,tea,x,ada\r\n");

        assertThat(interactions()).containsExactly(interaction("1", "click", "ada", "tea", OptionalDouble.empty(), 5));
    }

    @Test
    void theSameDataSetCanBeReadAgain() {
        FolderDataSet data = FolderDataSet.open(folder);
        try (Stream<Interaction> first = data.interactions();
                Stream<Interaction> second = data.interactions()) {
            assertThat(first.toList()).isEqualTo(second.toList());
        }
    }

    @ParameterizedTest(name = "{0} is refused: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "'ada,tea,,soon'; 'interactions.csv:3: timestamp must be whole seconds since 1970, got \"soon\"'",
                "'ada,tea,,1.5'; 'interactions.csv:3: timestamp must be whole seconds since 1970, got \"1.5\"'",
                "'ada,tea,four,1'; 'interactions.csv:3: rating must be a number or empty, got \"four\"'",
                "'ada,tea,NaN,1'; 'interactions.csv:3: rating must be a number or empty, got \"NaN\"'",
                "',tea,,1'; 'interactions.csv:3: user_id must be 1 to 256 characters, got \"\"'",
                "'ada,tea'; 'interactions.csv:3: a row must have 4 fields, got 2'"
            })
    void aBadRowIsNamedByFileAndLineOnOpening(String row, String message) throws IOException {
        write("interactions.csv", HEADER + "ada,tea,,1\n" + row + "\n");

        assertRefused(message);
    }

    @Test
    void missingColumnsAndFilesAreNamed() throws IOException {
        write("interactions.csv", "user,item\na,b\n");
        assertRefused("interactions.csv:1: columns must include user_id,item_id,timestamp, got user,item");

        Files.delete(folder.resolve("interactions.csv"));
        assertRefused("a data set must have interactions.csv.gz or interactions.csv, got none in " + folder);

        assertThatThrownBy(() -> FolderDataSet.open(folder.resolve("nowhere")))
                .isInstanceOf(DataSetException.class)
                .hasMessage("a data set must be a folder, got " + folder.resolve("nowhere"));
    }

    @Test
    void aFileThatIsNotGzipOrNotTextIsNamed() throws IOException {
        Files.write(folder.resolve("interactions.csv"), new byte[] {'u', 's', (byte) 0xff, (byte) 0xfe});
        assertRefused("interactions.csv: must be UTF-8");

        write("interactions.csv.gz", HEADER);
        assertRefused(folder.resolve("interactions.csv.gz") + ": cannot be read: Not in GZIP format");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> FolderDataSet.open(folder))
                .isInstanceOf(DataSetException.class)
                .hasMessage(message);
    }

    private List<Interaction> interactions() {
        try (Stream<Interaction> rows = FolderDataSet.open(folder).interactions()) {
            return rows.toList();
        }
    }

    private List<Item> items() {
        try (Stream<Item> rows = FolderDataSet.open(folder).items()) {
            return rows.toList();
        }
    }

    private Interaction interaction(
            String row, String type, String user, String item, OptionalDouble value, long second) {
        return new Interaction(
                row,
                "dataset:" + folder.getFileName(),
                type,
                new UserId(user),
                new ItemId(item),
                value,
                Optional.empty(),
                Instant.ofEpochSecond(second),
                Map.of());
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
