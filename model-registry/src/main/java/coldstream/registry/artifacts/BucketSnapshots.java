package coldstream.registry.artifacts;

import coldstream.domain.SnapshotManifest;
import coldstream.service.Secret;
import coldstream.wire.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Snapshots in an S3 bucket, below {@code <prefix><id>/}. A manifest is written last and removed first: without it a
 * snapshot is not held, whatever else of it is there.
 */
public final class BucketSnapshots implements SnapshotStore {

    /** Largest file that is written by one request; S3 takes 5 GiB. */
    private static final long ONE_REQUEST = 512L << 20;

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final long partBytes;

    public BucketSnapshots(BucketConfig config) {
        this(config, ONE_REQUEST);
    }

    /** @param partBytes size of the parts of files that are larger, at least 5 MiB */
    BucketSnapshots(BucketConfig config, long partBytes) {
        this.bucket = config.bucket();
        this.prefix = config.prefix();
        this.partBytes = partBytes;
        var builder = S3Client.builder()
                .region(Region.of(config.region()))
                .forcePathStyle(config.endpoint().isPresent())
                // Servers that are not Amazon's often know no other checksum than MD5, which is sent.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(60)))
                .credentialsProvider(
                        config.accessKey().isPresent()
                                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(
                                        config.accessKey().map(Secret::reveal).orElseThrow(),
                                        config.secretKey().map(Secret::reveal).orElseThrow()))
                                : DefaultCredentialsProvider.builder().build());
        config.endpoint().ifPresent(builder::endpointOverride);
        this.s3 = builder.build();
    }

    @Override
    public void keep(Path folder, String id) throws IOException {
        if (!holds(id)) {
            List<Path> files;
            try (Stream<Path> all = Files.walk(folder)) {
                files = all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                        .filter(path -> !path.equals(folder.resolve(SnapshotManifest.FILE_NAME)))
                        .sorted()
                        .toList();
            }
            for (Path file : files) {
                put(key(id, RelativePath.of(folder.relativize(file).toString().replace('\\', '/'))), file);
            }
            put(manifest(id), folder.resolve(SnapshotManifest.FILE_NAME));
        }
        FileTree.delete(folder);
    }

    @Override
    public boolean holds(String id) throws IOException {
        return call(() -> {
            try {
                s3.headObject(request -> request.bucket(bucket).key(manifest(id)));
                return true;
            } catch (NoSuchKeyException e) {
                return false;
            }
        });
    }

    @Override
    public Optional<Content> open(String id, RelativePath path, long from) throws IOException {
        return call(() -> {
            try {
                ResponseInputStream<GetObjectResponse> stream = s3.getObject(request -> {
                    request.bucket(bucket).key(key(id, path));
                    if (from > 0) {
                        request.range("bytes=" + from + "-");
                    }
                });
                return Optional.of(new Content(stream, from + stream.response().contentLength()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public List<Entry> list(String id, Optional<RelativePath> folder) throws IOException {
        String place = prefix + id + "/" + folder.map(path -> path + "/").orElse("");
        List<Entry> entries = new ArrayList<>();
        for (ListObjectsV2Response page : pages(place, true)) {
            for (CommonPrefix each : page.commonPrefixes()) {
                entries.add(new Entry(
                        each.prefix().substring(place.length(), each.prefix().length() - 1), true, 0));
            }
            for (S3Object each : page.contents()) {
                entries.add(new Entry(each.key().substring(place.length()), false, each.size()));
            }
        }
        entries.sort(java.util.Comparator.comparing(Entry::path));
        return entries;
    }

    @Override
    public List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        for (ListObjectsV2Response page : pages(prefix, true)) {
            page.commonPrefixes()
                    .forEach(each -> ids.add(each.prefix()
                            .substring(prefix.length(), each.prefix().length() - 1)));
        }
        return ids;
    }

    @Override
    public void delete(String id) throws IOException {
        remove(manifest(id));
        for (ListObjectsV2Response page : pages(prefix + id + "/", false)) {
            for (S3Object each : page.contents()) {
                remove(each.key());
            }
        }
    }

    @Override
    public void close() {
        s3.close();
    }

    private void put(String key, Path file) throws IOException {
        long size = Files.size(file);
        if (size > partBytes) {
            putInParts(key, file, size);
            return;
        }
        String md5 = md5(file, 0, size);
        call(() ->
                s3.putObject(request -> request.bucket(bucket).key(key).contentMD5(md5), RequestBody.fromFile(file)));
    }

    private void putInParts(String key, Path file, long size) throws IOException {
        String upload = call(
                () -> s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                        .uploadId());
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long from = 0; from < size; from += partBytes) {
                long start = from;
                long length = Math.min(partBytes, size - from);
                int number = parts.size() + 1;
                String md5 = md5(file, start, length);
                String tag = call(() -> s3.uploadPart(
                                request -> request.bucket(bucket)
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(number)
                                        .contentMD5(md5),
                                RequestBody.fromContentProvider(
                                        () -> part(file, start, length), length, "application/octet-stream"))
                        .eTag());
                parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            }
            call(() -> s3.completeMultipartUpload(request ->
                    request.bucket(bucket).key(key).uploadId(upload).multipartUpload(done -> done.parts(parts))));
        } catch (IOException e) {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
            throw e;
        }
    }

    private void remove(String key) throws IOException {
        call(() -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    private List<ListObjectsV2Response> pages(String place, boolean shallow) throws IOException {
        return call(() -> s3
                .listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(place).delimiter(shallow ? "/" : null))
                .stream()
                .toList());
    }

    private String key(String id, RelativePath path) {
        return prefix + id + "/" + path;
    }

    private String manifest(String id) {
        return prefix + id + "/" + SnapshotManifest.FILE_NAME;
    }

    private <T> T call(Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (S3Exception e) {
            throw new IOException(
                    "the bucket %s must answer, got HTTP %d %s".formatted(bucket, e.statusCode(), e.awsErrorDetails()),
                    e);
        } catch (SdkException e) {
            throw new IOException("the bucket " + bucket + " must answer, got " + e.getMessage(), e);
        }
    }

    private static InputStream part(Path file, long from, long length) {
        try {
            InputStream stream = Files.newInputStream(file);
            stream.skipNBytes(from);
            return new Limited(stream, length);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String md5(Path file, long from, long length) throws IOException {
        try (InputStream in = part(file, from, length)) {
            MessageDigest hash = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
            return Base64.getEncoder().encodeToString(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java runtime has MD5", e);
        }
    }
}
