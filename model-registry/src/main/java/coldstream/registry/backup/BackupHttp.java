package coldstream.registry.backup;

import coldstream.wire.RegistryPaths;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;

/** Where a backup is fetched. One that is cut off lacks its last entry, so it cannot be taken for a whole one. */
public final class BackupHttp {

    private final Backup backup;

    public BackupHttp(Backup backup) {
        this.backup = backup;
    }

    public void addTo(Javalin app) {
        app.get(RegistryPaths.BACKUP, this::fetch);
    }

    private void fetch(Context context) throws IOException {
        context.contentType("application/zip").header("Content-Disposition", "attachment; filename=\"registry.zip\"");
        backup.write(context.res().getOutputStream());
    }
}
