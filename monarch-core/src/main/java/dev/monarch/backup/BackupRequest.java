package dev.monarch.backup;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.monarch.archive.Compression;
import dev.monarch.engine.transfer.DatabaseReading;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.TransferListener;

/** What is to be backed up, and how. Immutable: each method returns another request. */
public final class BackupRequest {

    private final String environment;

    private @Nullable String name;

    private @Nullable String store;

    private Compression compression = Compression.best();

    private Consistency consistency = Consistency.BEST;

    private CollectionSelection selection = CollectionSelection.ALL;

    private @Nullable QuerySetRequest querySet;

    private int workers = DatabaseReading.DEFAULT_WORKERS;

    private TransferListener listener = TransferListener.NONE;

    private boolean allowEmpty;

    private BackupRequest(String environment) {
        this.environment = environment;
    }

    private BackupRequest(BackupRequest other) {
        this(other.environment);
        this.name = other.name;
        this.store = other.store;
        this.compression = other.compression;
        this.consistency = other.consistency;
        this.selection = other.selection;
        this.querySet = other.querySet;
        this.workers = other.workers;
        this.listener = other.listener;
        this.allowEmpty = other.allowEmpty;
    }

    /**
     * Asks for a backup of a whole environment into the default store, by the best compression there is.
     *
     * @param environment the environment's name
     * @return the request
     */
    public static BackupRequest of(String environment) {
        return new BackupRequest(environment);
    }

    /**
     * Asks for another name than that of the environment; the time is added to both.
     *
     * @param newName the name, which may be part of a file's name; null for that of the environment
     * @return the request
     */
    public BackupRequest named(@Nullable String newName) {
        BackupRequest copy = new BackupRequest(this);
        copy.name = newName;
        return copy;
    }

    /**
     * Asks for a store.
     *
     * @param newStore the store's name; null for the default one
     * @return the request
     */
    public BackupRequest into(@Nullable String newStore) {
        BackupRequest copy = new BackupRequest(this);
        copy.store = newStore;
        return copy;
    }

    /**
     * Asks for a compression.
     *
     * @param newCompression the compression
     * @return the request
     */
    public BackupRequest compressed(Compression newCompression) {
        BackupRequest copy = new BackupRequest(this);
        copy.compression = newCompression;
        return copy;
    }

    /**
     * Asks for a consistency.
     *
     * @param newConsistency the consistency
     * @return the request
     */
    public BackupRequest consistent(Consistency newConsistency) {
        BackupRequest copy = new BackupRequest(this);
        copy.consistency = newConsistency;
        return copy;
    }

    /**
     * Asks for some collections; the backup is then a partial one.
     *
     * @param newSelection which collections
     * @return the request
     */
    public BackupRequest selecting(CollectionSelection newSelection) {
        BackupRequest copy = new BackupRequest(this);
        copy.selection = newSelection;
        return copy;
    }

    /**
     * Asks for the part that a query set chooses, and masks; the backup is then a partial one.
     *
     * @param newQuerySet the query set and its parameters; null for everything
     * @return the request
     */
    public BackupRequest choosing(@Nullable QuerySetRequest newQuerySet) {
        BackupRequest copy = new BackupRequest(this);
        copy.querySet = newQuerySet;
        return copy;
    }

    /**
     * Asks for a number of collections to be read at once.
     *
     * @param newWorkers at least 1
     * @return the request
     */
    public BackupRequest workers(int newWorkers) {
        if (newWorkers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, but is " + newWorkers);
        }
        BackupRequest copy = new BackupRequest(this);
        copy.workers = newWorkers;
        return copy;
    }

    /**
     * Says that a database without a collection of anybody's is meant; otherwise it is refused, as its name is probably
     * misspelt.
     *
     * @return the request
     */
    public BackupRequest allowingEmpty() {
        BackupRequest copy = new BackupRequest(this);
        copy.allowEmpty = true;
        return copy;
    }

    /**
     * Asks for somebody to be told how far it has come.
     *
     * @param newListener is told
     * @return the request
     */
    public BackupRequest telling(TransferListener newListener) {
        BackupRequest copy = new BackupRequest(this);
        copy.listener = newListener;
        return copy;
    }

    String environment() {
        return environment;
    }

    String name() {
        return name == null ? environment : name;
    }

    @Nullable
    String store() {
        return store;
    }

    Compression compression() {
        return compression;
    }

    String compressionWord() {
        return compression.name().toLowerCase(Locale.ROOT);
    }

    Consistency consistency() {
        return consistency;
    }

    CollectionSelection selection() {
        return selection;
    }

    @Nullable
    QuerySetRequest querySet() {
        return querySet;
    }

    int workers() {
        return workers;
    }

    boolean allowsEmpty() {
        return allowEmpty;
    }

    TransferListener listener() {
        return listener;
    }
}
