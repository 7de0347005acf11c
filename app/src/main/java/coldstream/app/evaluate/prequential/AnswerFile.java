package coldstream.app.evaluate.prequential;

import coldstream.domain.ItemId;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.UserId;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A teacher's answers by the event they were asked after, some 300 bytes each. */
final class AnswerFile {

    private static final int BUFFER = 1 << 16;

    private AnswerFile() {}

    /**
     * Scores asked for after the event of this number, from 0.
     *
     * @param history of the request, newest last
     */
    record Answer(int event, SoftScores scores, List<ItemId> history) {

        Answer {
            history = List.copyOf(history);
        }
    }

    /** Writes answers one by one. */
    static final class Writer implements AutoCloseable {

        private final DataOutputStream out;
        private final NameTable names = new NameTable();

        Writer(Path file) throws IOException {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
        }

        void write(Answer answer) throws IOException {
            SoftScores scores = answer.scores();
            out.writeInt(answer.event());
            out.writeUTF(scores.requestId());
            names.write(scores.user().value(), out);
            out.writeInt(scores.scores().size());
            for (ItemScore score : scores.scores()) {
                names.write(score.item().value(), out);
                out.writeDouble(score.score());
            }
            out.writeBoolean(scores.hidden().isPresent());
            if (scores.hidden().isPresent()) {
                names.write(scores.hidden().get().value(), out);
            }
            names.write(scores.model(), out);
            names.write(scores.promptVersion(), out);
            out.writeInt(scores.permutations());
            write(scores.scoredAt());
            out.writeLong(scores.historyVersion());
            write(scores.historyMaxTime());
            out.writeInt(scores.shown().orElse(-1));
            out.writeInt(answer.history().size());
            for (ItemId item : answer.history()) {
                names.write(item.value(), out);
            }
        }

        private void write(Instant time) throws IOException {
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
        private final NameTable names = new NameTable();

        Reader(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        }

        /** The next one; empty at the end. */
        Optional<Answer> read() throws IOException {
            int event;
            try {
                event = in.readInt();
            } catch (EOFException e) {
                return Optional.empty();
            }
            String request = in.readUTF();
            UserId user = new UserId(names.read(in));
            List<ItemScore> scores = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                scores.add(new ItemScore(new ItemId(names.read(in)), in.readDouble()));
            }
            Optional<ItemId> hidden = in.readBoolean() ? Optional.of(new ItemId(names.read(in))) : Optional.empty();
            SoftScores answer = new SoftScores(
                    request,
                    user,
                    scores,
                    hidden,
                    names.read(in),
                    names.read(in),
                    in.readInt(),
                    time(),
                    in.readLong(),
                    time(),
                    shown());
            List<ItemId> history = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                history.add(new ItemId(names.read(in)));
            }
            return Optional.of(new Answer(event, answer, history));
        }

        private OptionalInt shown() throws IOException {
            int shown = in.readInt();
            return shown < 0 ? OptionalInt.empty() : OptionalInt.of(shown);
        }

        private Instant time() throws IOException {
            return Instant.ofEpochSecond(in.readLong(), in.readInt());
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
