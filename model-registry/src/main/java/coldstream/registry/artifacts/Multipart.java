package coldstream.registry.artifacts;

import coldstream.registry.store.Refusal;
import coldstream.wire.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Files that come in parts, in any order and any number at once. A part's tag is its sha256; the file appears when all parts
 * that are named on completion are there with their tags.
 *
 * <p>Everything may be repeated. What is neither completed nor aborted goes with the sweep; it survives a restart.
 */
public final class Multipart {

    private static final int MAX_PARTS = 10_000;
    private static final String TARGET = "target";
    private static final String DONE = "done";

    private final Path folder;
    private final Uploads uploads;

    /** A part as the client names it on completion. */
    public record Part(int number, String tag) {}

    public Multipart(Path folder, Uploads uploads) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.uploads = uploads;
    }

    /** Begins a file; the id is a secret that lets its bearer write parts of it. */
    public String create(RelativePath target, int parts) throws IOException {
        ArtifactStore.checkWritable(target);
        if (parts < 1 || parts > MAX_PARTS) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("num_parts must be 1 to " + MAX_PARTS + ", got " + parts);
        }
        String id = UUID.randomUUID().toString();
        Path upload = Files.createDirectory(folder.resolve(id));
        Files.writeString(upload.resolve(TARGET), target.toString());
        return id;
    }

    /** Writes a part, or writes it anew; its tag. */
    public String put(String id, int number, InputStream content) throws IOException {
        Path upload = upload(id);
        checkNumber(number);
        if (Files.exists(upload.resolve(DONE))) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("a part must come before its file is complete");
        }
        Path arriving = upload.resolve(UUID.randomUUID().toString());
        try {
            MessageDigest hash = FileTree.sha256();
            try (FileChannel out = FileChannel.open(arriving, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    var hashed = new DigestOutputStream(Channels.newOutputStream(out), hash)) {
                uploads.copy(content, hashed);
            }
            Files.move(arriving, upload.resolve(Integer.toString(number)), StandardCopyOption.ATOMIC_MOVE);
            return HexFormat.of().formatHex(hash.digest());
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    /** Makes the file of these parts. */
    public void complete(String id, RelativePath target, List<Part> parts) throws IOException {
        Path upload = upload(id);
        checkTarget(upload, target);
        if (Files.exists(upload.resolve(DONE))) {
            return;
        }
        List<InputStream> streams = new ArrayList<>();
        try {
            int before = 0;
            for (Part part : parts) {
                Path file = upload.resolve(Integer.toString(part.number()));
                if (part.number() <= before || !Files.isRegularFile(file)) {
                    throw Refusal.INVALID_PARAMETER_VALUE.because(
                            "parts must have been written and be in order, got part " + part.number());
                }
                before = part.number();
                checkTag(file, part);
                streams.add(Files.newInputStream(file));
            }
            if (streams.isEmpty()) {
                throw Refusal.INVALID_PARAMETER_VALUE.because("a file must have at least one part, got none");
            }
            uploads.put(target, new SequenceInputStream(Collections.enumeration(streams)), Optional.empty());
        } finally {
            for (InputStream stream : streams) {
                stream.close();
            }
        }
        Files.writeString(upload.resolve(DONE), "");
        for (Path part : FileTree.children(upload)) {
            if (!List.of(DONE, TARGET).contains(FileTree.name(part))) {
                Files.deleteIfExists(part);
            }
        }
    }

    /** Forgets an upload. */
    public void abort(String id, RelativePath target) throws IOException {
        Path upload = folder.resolve(checkId(id));
        if (Files.isDirectory(upload)) {
            checkTarget(upload, target);
            FileTree.delete(upload);
        }
    }

    /** Removes uploads without a change since {@code before}. */
    void sweep(Instant before) throws IOException {
        for (Path upload : FileTree.children(folder)) {
            if (FileTree.olderThan(upload, before)) {
                FileTree.delete(upload);
            }
        }
    }

    private static void checkTag(Path file, Part part) throws IOException {
        MessageDigest hash = FileTree.sha256();
        try (InputStream in = Files.newInputStream(file);
                var out = new DigestOutputStream(java.io.OutputStream.nullOutputStream(), hash)) {
            in.transferTo(out);
        }
        String got = HexFormat.of().formatHex(hash.digest());
        if (!got.equals(part.tag().replace("\"", ""))) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "part %d must have the tag %s, got %s".formatted(part.number(), got, part.tag()));
        }
    }

    private static void checkTarget(Path upload, RelativePath target) throws IOException {
        String wanted = Files.readString(upload.resolve(TARGET));
        if (!wanted.equals(target.toString())) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("the upload must be of " + wanted + ", got " + target);
        }
    }

    private static void checkNumber(int number) {
        if (number < 1 || number > MAX_PARTS) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "a part's number must be 1 to " + MAX_PARTS + ", got " + number);
        }
    }

    private Path upload(String id) {
        Path upload = folder.resolve(checkId(id));
        if (!Files.isRegularFile(upload.resolve(TARGET))) {
            throw Refusal.RESOURCE_DOES_NOT_EXIST.because(
                    "the upload must have been created and not aborted, got " + id);
        }
        return upload;
    }

    private static String checkId(String id) {
        if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw Refusal.RESOURCE_DOES_NOT_EXIST.because(
                    "the upload must have been created and not aborted, got " + id);
        }
        return id;
    }
}
