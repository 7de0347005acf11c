package coldstream.scorer.budget;

import coldstream.domain.SpendLedger;
import coldstream.testkit.SpendLedgerContract;
import java.time.InstantSource;

class LocalSpendLedgerTest extends SpendLedgerContract {

    @Override
    protected SpendLedger emptyLedger(InstantSource clock) {
        return new LocalSpendLedger(clock);
    }
}
