package coldstream.registry.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;

/** The database as the registry uses it: any number of readers, one writer at a time, each change one transaction. */
public final class Store {

    private final Jdbi jdbi;

    public Store(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public <T> T read(HandleCallback<T, RuntimeException> reading) {
        return jdbi.withHandle(reading);
    }

    /** What is looked up inside cannot be changed by another writer before it is written: no two make the same row. */
    public synchronized <T> T write(HandleCallback<T, RuntimeException> writing) {
        return jdbi.inTransaction(writing);
    }

    public void change(HandleConsumer<RuntimeException> writing) {
        write((Handle handle) -> {
            writing.useHandle(handle);
            return true;
        });
    }
}
