package coldstream.ingest.topology;

import java.util.List;

/** The state stores that hold the {@link Ledger} of each step; together they are the {@link Account}. */
public final class Ledgers {

    /** All of them. */
    public static final List<String> ALL =
            List.of(InteractionStep.LEDGER, ItemCatalogueStep.LEDGER, ItemStep.LEDGER, UserStep.LEDGER);

    private Ledgers() {}
}
