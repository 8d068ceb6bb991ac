package dev.monarch.backup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.engine.Checks;
import dev.monarch.engine.dump.ContainerLimits;

/** The configured stores, one of which is the default. Immutable. */
public final class BackupStores {

    private final Map<String, BackupStore> stores = new LinkedHashMap<>();

    private final @Nullable String defaultStore;

    private final DumpLimits dumpLimits;

    /**
     * Creates the stores.
     *
     * @param stores the stores; may be empty
     * @param defaultStore the name of the default store; null for the first
     * @throws IllegalArgumentException if the name of a store is blank
     */
    public BackupStores(List<? extends BackupStore> stores, @Nullable String defaultStore) {
        this(stores, defaultStore, DumpLimits.DEFAULT);
    }

    /**
     * Creates the stores, with other limits for dumps of other tools.
     *
     * @param stores the stores; may be empty
     * @param defaultStore the name of the default store; null for the first
     * @param dumpLimits the limits for zip files, tar files and directories, in the stores or elsewhere
     * @throws IllegalArgumentException if the name of a store is blank
     */
    public BackupStores(List<? extends BackupStore> stores, @Nullable String defaultStore, DumpLimits dumpLimits) {
        stores.forEach(store -> this.stores.put(Checks.notBlank("name of a store", store.name()), store));
        this.defaultStore = defaultStore;
        this.dumpLimits = dumpLimits;
    }

    DumpLimits dumpLimits() {
        return dumpLimits;
    }

    /** {@return the names of all stores, in the configured order} */
    public List<String> names() {
        return List.copyOf(stores.keySet());
    }

    /**
     * Returns a store.
     *
     * @param name its name; null for the default one
     * @return the store
     * @throws BackupStoreException if no store is configured
     * @throws UnknownBackupStoreException if there is no store of that name
     */
    public BackupStore get(@Nullable String name) {
        if (stores.isEmpty()) {
            throw new BackupStoreException("any store", Reason.NO_BACKUP_STORE, "none is configured", null);
        }
        String requested = name != null ? name : defaultStore != null ? defaultStore : names().get(0);
        BackupStore store = stores.get(requested);
        if (store == null) {
            throw new UnknownBackupStoreException(requested, names());
        }
        return store;
    }

    /**
     * Limits for dumps of other tools, which may come from strangers. A dump that exceeds a limit is refused before
     * anything changes.
     *
     * @param maxFiles the maximum number of files in a zip file, a tar file or a directory
     * @param maxRatio how many times larger than its stored size the content of a dump may be; up to 64 MiB are always
     *     permitted
     */
    public record DumpLimits(int maxFiles, int maxRatio) {

        /** The limits if no others are set: 100,000 files, and 200 times the stored size. */
        public static final DumpLimits DEFAULT = new DumpLimits(100_000, 200);

        /**
         * Creates limits.
         *
         * @throws IllegalArgumentException if a limit is less than 1
         */
        public DumpLimits {
            Checks.atLeast("maxFiles", maxFiles, 1);
            Checks.atLeast("maxRatio", maxRatio, 1);
        }

        ContainerLimits engine() {
            return new ContainerLimits(maxFiles, maxRatio);
        }
    }
}
