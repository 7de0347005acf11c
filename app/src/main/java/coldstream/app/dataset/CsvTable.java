package coldstream.app.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file after RFC 4180 with a header, in UTF-8, plain or gzip by its name; read row by row.
 *
 * <p>The first line may start with a byte order mark. Columns are found by name, in any order; others are ignored.
 */
final class CsvTable implements AutoCloseable, Iterator<CsvTable.Row> {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> header;
    private @Nullable CsvRecord next;

    private CsvTable(Path file, CsvReader<CsvRecord> reader, List<String> required) {
        this.file = file;
        this.reader = reader;
        this.records = reader.iterator();
        this.next = read();
        header = next == null ? List.of() : withoutMark(next.getFields());
        if (!header.containsAll(required)) {
            throw new DataSetException("%s:1: columns must include %s, got %s"
                    .formatted(file.getFileName(), String.join(",", required), String.join(",", header)));
        }
        this.next = read();
    }

    /** The file {@code name} in the folder, or the same with {@code .gz}. */
    static Optional<Path> find(Path folder, String name) {
        return Stream.of(name + ".gz", name)
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The rows of a file; closing the stream closes the file. */
    static Stream<Row> rows(Path file, String... required) {
        CsvTable table = open(file, List.of(required));
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(table, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(table::close);
    }

    private static CsvTable open(Path file, List<String> required) {
        InputStream in = null;
        try {
            in = new BufferedInputStream(Files.newInputStream(file));
            InputStream bytes = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
            var text = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
            CsvReader<CsvRecord> reader = CsvReader.builder()
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .maxBufferSize(1 << 24)
                    .ofCsvRecord(text);
            return new CsvTable(file, reader, required);
        } catch (IOException | RuntimeException e) {
            closeQuietly(in);
            if (e instanceof DataSetException known) {
                throw known;
            }
            throw new DataSetException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static void closeQuietly(@Nullable InputStream in) {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            // The reason for closing is on its way already.
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Row next() {
        CsvRecord record = next;
        if (record == null) {
            throw new NoSuchElementException();
        }
        next = read();
        return new Row(file, header, record);
    }

    private @Nullable CsvRecord read() {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException e) {
            throw new DataSetException("%s: %s".formatted(file.getFileName(), reason(e)), e);
        } catch (UncheckedIOException e) {
            String rule = e.getCause() instanceof CharacterCodingException ? "must be UTF-8" : e.getMessage();
            throw new DataSetException("%s: %s".formatted(file.getFileName(), rule), e);
        }
    }

    private static @Nullable String reason(CsvParseException e) {
        return e.getCause() instanceof CharacterCodingException ? "must be UTF-8" : e.getMessage();
    }

    private static List<String> withoutMark(List<String> fields) {
        return fields.stream()
                .map(field -> field.startsWith(BYTE_ORDER_MARK) ? field.substring(1) : field)
                .map(String::strip)
                .toList();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + file, e);
        }
    }

    /** One row, with its place for messages. */
    record Row(Path file, List<String> header, CsvRecord fields) {

        Row {
            if (fields.getFieldCount() != header.size()) {
                throw new DataSetException("%s:%d: a row must have %d fields, got %d"
                        .formatted(
                                file.getFileName(),
                                fields.getStartingLineNumber(),
                                header.size(),
                                fields.getFieldCount()));
            }
        }

        /** The field of a column; empty where the file has no such column. */
        String text(String column) {
            int place = header.indexOf(column);
            return place < 0 ? "" : fields.getField(place);
        }

        /** A value that came out of a field, or a message with file and line. */
        <T> T parse(String column, String rule, Parser<T> parser) {
            String text = text(column);
            try {
                return parser.parse(text);
            } catch (RuntimeException e) {
                throw new DataSetException(
                        "%s:%d: %s, got \"%s\""
                                .formatted(file.getFileName(), fields.getStartingLineNumber(), rule, text),
                        e);
            }
        }

        /** Reads a value or throws. */
        interface Parser<T> {
            T parse(String text);
        }
    }
}
