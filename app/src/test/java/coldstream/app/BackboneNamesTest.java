package coldstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.demo.DemoCommand;
import coldstream.app.evaluate.EvaluateCommand;
import coldstream.model.backbone.Backbones;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class BackboneNamesTest {

    @Test
    void helpNamesEveryBackboneWhereOneCanBeChosen() {
        String names = String.join(", ", Backbones.names());
        for (Object command : List.of(new EvaluateCommand(), new DemoCommand())) {
            String help = new CommandLine(command).setUsageHelpWidth(400).getUsageMessage();
            assertThat(help).contains(names);
        }
    }
}
