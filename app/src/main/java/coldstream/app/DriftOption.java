package coldstream.app;

import static coldstream.domain.Check.check;

import coldstream.app.dataset.Drift;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that makes a simulated shop change on the way, where the language model is not the shop's own. */
public final class DriftOption {

    @Option(
            names = "--drift",
            split = ",",
            paramLabel = "NAME[@FROM[-UNTIL]]",
            converter = Converter.class,
            completionCandidates = Names.class,
            description = "what changes in the simulated shop, such as sudden@0.5 or gradual@0.4-0.6:"
                    + " ${COMPLETION-CANDIDATES}")
    private List<Drift> drifts = List.of();

    /** The drifts that can be seen in the events. */
    public List<Drift> seen() {
        check(
                drifts.stream().noneMatch(drift -> drift.kind() == Drift.Kind.LANGUAGE_MODEL),
                "a drift of the language model must be asked of evaluate, the language model here is a real one, got %s",
                drifts);
        return drifts;
    }

    /** Reads a drift. */
    public static final class Converter implements ITypeConverter<Drift> {
        @Override
        public Drift convert(String value) {
            try {
                return Drift.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** What can change. */
    public static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Drift.names().iterator();
        }
    }
}
