package coldstream.app.evaluate.prequential;

import static coldstream.domain.Check.check;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.UserId;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The samples of a stream in order, about 50 bytes each.
 *
 * <p>A history is not written: it is the user's latest positives, which the reader has read before. So a reader's memory
 * grows with users and not with the length of the stream.
 */
final class SampleFile {

    private static final int BUFFER = 1 << 16;

    private SampleFile() {}

    /** Each user's latest positives, oldest first. */
    private static final class Histories {

        private final Map<UserId, List<ItemId>> positives = new HashMap<>();

        List<ItemId> of(UserId user) {
            return positives.getOrDefault(user, List.of());
        }

        void took(Sample sample) {
            if (sample.label() == 1) {
                List<ItemId> latest = new ArrayList<>(of(sample.user()));
                latest.add(sample.item());
                int from = Math.max(0, latest.size() - Sample.MAX_HISTORY);
                positives.put(sample.user(), List.copyOf(latest.subList(from, latest.size())));
            }
        }
    }

    /** Writes samples one by one. */
    static final class Writer implements AutoCloseable {

        private final DataOutputStream out;
        private final NameTable users = new NameTable();
        private final NameTable items = new NameTable();
        private final Histories histories = new Histories();

        Writer(Path file) throws IOException {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
        }

        void write(Sample sample) throws IOException {
            check(
                    sample.history().equals(histories.of(sample.user())),
                    "a history must be the latest positives so far, got that of %s",
                    sample.sampleId());
            check(
                    sample.ingestTime().equals(sample.eventTime()),
                    "events must arrive when they happen, got %s",
                    sample.sampleId());
            histories.took(sample);
            out.writeUTF(sample.sampleId());
            users.write(sample.user().value(), out);
            items.write(sample.item().value(), out);
            out.writeByte((sample.label() == 1 ? 1 : 0) | (sample.cold() ? 2 : 0) | (sample.tail() ? 4 : 0));
            out.writeDouble(sample.strength().orElse(Double.NaN));
            out.writeDouble(sample.weight());
            out.writeLong(sample.userCount());
            out.writeLong(sample.userNegatives().orElse(0));
            out.writeLong(sample.itemCount());
            Instant time = sample.eventTime();
            out.writeLong(time.getEpochSecond());
            out.writeInt(time.getNano());
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Reads them back in order. */
    static final class Reader implements AutoCloseable {

        private final DataInputStream in;
        private final NameTable users = new NameTable();
        private final NameTable items = new NameTable();
        private final Histories histories = new Histories();

        Reader(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        }

        Sample read() throws IOException {
            String id = in.readUTF();
            UserId user = new UserId(users.read(in));
            ItemId item = new ItemId(items.read(in));
            int bits = in.readByte();
            double strength = in.readDouble();
            double weight = in.readDouble();
            long userCount = in.readLong();
            long userNegatives = in.readLong();
            long itemCount = in.readLong();
            Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
            Sample sample = new Sample(
                    id,
                    user,
                    item,
                    bits & 1,
                    Double.isNaN(strength) ? OptionalDouble.empty() : OptionalDouble.of(strength),
                    weight,
                    histories.of(user),
                    userCount,
                    Sample.negatives(userNegatives),
                    itemCount,
                    (bits & 2) != 0,
                    (bits & 4) != 0,
                    time,
                    time);
            histories.took(sample);
            return sample;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
