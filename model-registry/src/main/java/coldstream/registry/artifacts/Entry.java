package coldstream.registry.artifacts;

/** A file or folder as a listing shows it; the path is relative to the folder listed. */
public record Entry(String path, boolean isDir, long fileSize) {}
