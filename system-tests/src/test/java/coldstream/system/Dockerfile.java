package coldstream.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code deploy/Dockerfile}: its stages, and what an image gets from the stages it stands on. */
final class Dockerfile {

    private static final Pattern FROM = Pattern.compile("(\\S+)(?: AS (\\S+))?");
    private static final Pattern VARIABLE = Pattern.compile("([A-Z_0-9]+)=(\\S+)");

    /** @param what the rest of the instruction, its lines joined */
    record Instruction(String name, String what) {}

    /** @param base image or stage it stands on */
    record Stage(String name, String base, List<Instruction> instructions) {}

    private final Map<String, Stage> stages = new LinkedHashMap<>();

    private Dockerfile() {}

    static Dockerfile read() {
        Dockerfile file = new Dockerfile();
        try {
            String text = Files.readString(ComposeFile.root().resolve(Path.of("deploy", "Dockerfile")));
            String joined = text.replaceAll("(?m)^\\s*#.*\\R", "").replaceAll("\\\\\\R\\s*", "");
            Stage now = null;
            for (String line : joined.split("\\R", -1)) {
                if (line.isBlank()) {
                    continue;
                }
                String[] parts = line.split(" ", 2);
                if (parts[0].equals("FROM")) {
                    Matcher from = FROM.matcher(parts[1]);
                    if (!from.matches()) {
                        throw new IllegalArgumentException("a stage must be FROM image AS name, got " + line);
                    }
                    now = new Stage(from.group(2), from.group(1), new ArrayList<>());
                    file.stages.put(now.name(), now);
                } else if (now != null) {
                    now.instructions().add(new Instruction(parts[0], parts[1]));
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Stage> stages() {
        return stages;
    }

    boolean isStage(String name) {
        return stages.containsKey(name);
    }

    /** The instructions of an image, those of the stages it stands on first. */
    List<Instruction> instructions(String name) {
        Stage stage = Objects.requireNonNull(stages.get(name), name);
        List<Instruction> all = new ArrayList<>(isStage(stage.base()) ? instructions(stage.base()) : List.of());
        all.addAll(stage.instructions());
        return all;
    }

    /** The last instruction of its kind, which is the one that counts. */
    Optional<String> last(String image, String instruction) {
        return instructions(image).stream()
                .filter(each -> each.name().equals(instruction))
                .map(Instruction::what)
                .reduce((first, second) -> second);
    }

    Map<String, String> environment(String image) {
        Map<String, String> environment = new TreeMap<>();
        for (Instruction each : instructions(image)) {
            if (each.name().equals("ENV")) {
                Matcher variables = VARIABLE.matcher(each.what());
                while (variables.find()) {
                    environment.put(variables.group(1), variables.group(2));
                }
            }
        }
        return environment;
    }
}
