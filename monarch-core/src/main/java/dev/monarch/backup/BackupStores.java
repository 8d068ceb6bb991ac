package dev.monarch.backup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.engine.Checks;

/** The configured stores, one of which is the default. Immutable. */
public final class BackupStores {

    private final Map<String, BackupStore> stores = new LinkedHashMap<>();

    private final @Nullable String defaultStore;

    /**
     * Creates the stores.
     *
     * @param stores the stores; may be empty
     * @param defaultStore the name of the default store; null for the first
     * @throws IllegalArgumentException if the name of a store is blank
     */
    public BackupStores(List<? extends BackupStore> stores, @Nullable String defaultStore) {
        stores.forEach(store -> this.stores.put(Checks.notBlank("name of a store", store.name()), store));
        this.defaultStore = defaultStore;
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
}
