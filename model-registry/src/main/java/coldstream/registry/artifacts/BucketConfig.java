package coldstream.registry.artifacts;

import static coldstream.domain.Check.check;

import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A bucket of S3, or of what speaks like it.
 *
 * @param prefix of every key, empty or ending in a slash
 * @param endpoint of what is not Amazon's
 * @param accessKey with {@code secretKey}; without them those of the environment, as Amazon's tools find them
 */
public record BucketConfig(
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        String region,
        Optional<Secret> accessKey,
        Optional<Secret> secretKey) {

    static final Setting<Optional<String>> BUCKET = Setting.ofOptionalString(
            "registry.s3-bucket", "bucket that versions' files are kept in; empty for a folder below data-directory");
    static final Setting<Optional<String>> PREFIX =
            Setting.ofOptionalString("registry.s3-prefix", "what every key in the bucket begins with");
    static final Setting<Optional<String>> ENDPOINT = Setting.ofOptionalString(
            "registry.s3-endpoint", "URL of an S3 server that is not Amazon's, such as http://minio:9000");
    static final Setting<String> REGION =
            Setting.ofString("registry.s3-region", "us-east-1", "region the bucket is in");
    static final Setting<Optional<Secret>> ACCESS_KEY = Setting.ofSecret(
            "registry.s3-access-key",
            "access key of the bucket; empty for what Amazon's tools find in the environment");
    static final Setting<Optional<Secret>> SECRET_KEY =
            Setting.ofSecret("registry.s3-secret-key", "secret key that belongs to the access key");

    public static final List<Setting<?>> SETTINGS = List.of(BUCKET, PREFIX, ENDPOINT, REGION, ACCESS_KEY, SECRET_KEY);

    public BucketConfig {
        check(
                prefix.isEmpty() || (prefix.endsWith("/") && !prefix.startsWith("/")),
                "registry.s3-prefix must end in a slash and not begin with one, got %s",
                prefix);
        check(
                accessKey.isPresent() == secretKey.isPresent(),
                "registry.s3-access-key and registry.s3-secret-key must both be given or neither");
    }

    /** Empty where no bucket is named. */
    public static Optional<BucketConfig> from(Settings settings) {
        return settings.get(BUCKET)
                .map(bucket -> new BucketConfig(
                        bucket,
                        settings.get(PREFIX).orElse(""),
                        settings.get(ENDPOINT).map(URI::create),
                        settings.get(REGION),
                        settings.get(ACCESS_KEY),
                        settings.get(SECRET_KEY)));
    }
}
