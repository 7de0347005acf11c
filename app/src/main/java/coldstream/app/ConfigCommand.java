package coldstream.app;

import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.wire.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints everything that can be set. */
@Command(
        name = "config",
        description = "Prints every setting: key, value now, default, unit and meaning.",
        footer = {
            "",
            "A setting comes from the YAML file (--config), from the environment, or from --set; the last wins.",
            "Its environment variable is COLDSTREAM_ and the key in capitals, with _ for dots and dashes:",
            "  trainer.batch-size  COLDSTREAM_TRAINER_BATCH_SIZE",
            "Everything below kafka. is handed to the Kafka clients as it is."
        },
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "for machines")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Settings settings = options.read(Services.settings());
        List<Setting<?>> sorted = new ArrayList<>(settings.declared());
        sorted.sort(Comparator.comparing(Setting::key));
        if (json) {
            out.println(Json.mapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(sorted.stream()
                            .map(setting -> row(settings, setting))
                            .toList()));
            return CommandLine.ExitCode.OK;
        }
        for (Setting<?> setting : sorted) {
            String value = settings.shown(setting);
            String note =
                    value.equals(setting.defaultText()) ? "" : "   (default: " + quoted(setting.defaultText()) + ")";
            out.println(setting.key() + ": " + quoted(value) + note);
            out.println("    " + setting.meaning() + " [" + setting.unit() + "]");
        }
        return CommandLine.ExitCode.OK;
    }

    private static Map<String, Object> row(Settings settings, Setting<?> setting) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", setting.key());
        row.put("variable", setting.variable());
        row.put("value", settings.shown(setting));
        row.put("default", setting.defaultText());
        row.put("unit", setting.unit());
        row.put("meaning", setting.meaning());
        row.put("secret", setting.secret());
        return row;
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "(none)" : value;
    }
}
