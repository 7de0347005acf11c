package coldstream.wire;

import static coldstream.domain.Check.check;

import java.nio.file.Path;
import java.util.List;

/**
 * A path below some folder that cannot leave it: names separated by {@code /}.
 *
 * <p>A name has 1 to 200 printable ASCII characters (what every file system and locale can write), none of them a backslash
 * or a colon, and is neither {@code .} nor {@code ..}; there are at most 16 of them.
 *
 * @param names from the folder downwards
 */
public record RelativePath(List<String> names) {

    private static final int MAX_NAMES = 16;
    private static final int MAX_NAME = 200;

    public RelativePath {
        names = List.copyOf(names);
        check(
                !names.isEmpty() && names.size() <= MAX_NAMES,
                "a path must have 1 to %d names, got %d",
                MAX_NAMES,
                names.size());
        for (String name : names) {
            check(isName(name), "a path must have plain names between its slashes, got %s", String.join("/", names));
        }
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is absolute, empty, or could mean anything outside the folder
     */
    public static RelativePath of(String path) {
        return new RelativePath(List.of(path.split("/", -1)));
    }

    /** The place in the file system, always below {@code folder}. */
    public Path below(Path folder) {
        Path place = folder;
        for (String name : names) {
            place = place.resolve(name);
        }
        return place;
    }

    @Override
    public String toString() {
        return String.join("/", names);
    }

    private static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= MAX_NAME
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c < ' ' || c > '~' || c == '\\' || c == ':' || c == '/');
    }
}
