package dev.monarch.backup;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.monarch.archive.Compression;
import dev.monarch.engine.Checks;
import dev.monarch.engine.transfer.ReadOptions;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.TransferProgress.TransferListener;

/** What is backed up, and how. Immutable: each method returns another request. */
public final class BackupRequest {

    private final String environment;

    private final Destination destination;

    private final Part part;

    private final Reading reading;

    private final TransferListener listener;

    private BackupRequest(
            String environment, Destination destination, Part part, Reading reading, TransferListener listener) {
        this.environment = environment;
        this.destination = destination;
        this.part = part;
        this.reading = reading;
        this.listener = listener;
    }

    /**
     * Backs up a whole environment into the default store, with the best compression that is available.
     *
     * @param environment the environment's name
     * @return the request
     * @throws IllegalArgumentException if the name is blank
     */
    public static BackupRequest of(String environment) {
        return new BackupRequest(
                Checks.notBlank("environment", environment),
                new Destination(null, null, Compression.best()),
                new Part(CollectionSelection.ALL, null, false),
                new Reading(Consistency.BEST, ReadOptions.DEFAULT_WORKERS),
                TransferListener.NONE);
    }

    private BackupRequest with(Destination other) {
        return new BackupRequest(environment, other, part, reading, listener);
    }

    private BackupRequest with(Part other) {
        return new BackupRequest(environment, destination, other, reading, listener);
    }

    private BackupRequest with(Reading other) {
        return new BackupRequest(environment, destination, part, other, listener);
    }

    /**
     * Gives the backup another name than that of the environment; the time is added to both.
     *
     * @param name the name, which may be part of a file's name; null for that of the environment
     * @return the request
     */
    public BackupRequest named(@Nullable String name) {
        return with(new Destination(name, destination.store(), destination.compression()));
    }

    /**
     * Says which store keeps the backup.
     *
     * @param store the store's name; null for the default one
     * @return the request
     */
    public BackupRequest into(@Nullable String store) {
        return with(new Destination(destination.name(), store, destination.compression()));
    }

    /**
     * Says how the backup is compressed.
     *
     * @param compression the compression
     * @return the request
     */
    public BackupRequest compressed(Compression compression) {
        return with(new Destination(destination.name(), destination.store(), compression));
    }

    /**
     * Says how consistently the environment is read; {@link Consistency#BEST} otherwise.
     *
     * @param consistency the consistency
     * @return the request
     */
    public BackupRequest consistent(Consistency consistency) {
        return with(new Reading(consistency, reading.workers()));
    }

    /**
     * Backs up some collections; the backup is then incomplete.
     *
     * @param selection which collections
     * @return the request
     */
    public BackupRequest selecting(CollectionSelection selection) {
        return with(new Part(selection, part.querySet(), part.allowsEmpty()));
    }

    /**
     * Backs up the part that a query set chooses and masks; the backup is then incomplete.
     *
     * @param querySet the query set and its parameters; null for everything
     * @return the request
     */
    public BackupRequest choosing(@Nullable QuerySetRequest querySet) {
        return with(new Part(part.selection(), querySet, part.allowsEmpty()));
    }

    /**
     * Says how many collections are read at the same time.
     *
     * @param workers at least 1
     * @return the request
     * @throws IllegalArgumentException if there would be no worker
     */
    public BackupRequest workers(int workers) {
        return with(new Reading(reading.consistency(), workers));
    }

    /**
     * Allows a database without collections; otherwise it is refused, as its name is probably misspelt.
     *
     * @return the request
     */
    public BackupRequest allowingEmpty() {
        return with(new Part(part.selection(), part.querySet(), true));
    }

    /**
     * Reports the progress to a listener.
     *
     * @param other is called as the operation proceeds
     * @return the request
     */
    public BackupRequest telling(TransferListener other) {
        return new BackupRequest(environment, destination, part, reading, other);
    }

    String environment() {
        return environment;
    }

    String name() {
        return destination.name() == null ? environment : destination.name();
    }

    @Nullable
    String store() {
        return destination.store();
    }

    Compression compression() {
        return destination.compression();
    }

    String compressionWord() {
        return compression().name().toLowerCase(Locale.ROOT);
    }

    Consistency consistency() {
        return reading.consistency();
    }

    CollectionSelection selection() {
        return part.selection();
    }

    @Nullable
    QuerySetRequest querySet() {
        return part.querySet();
    }

    int workers() {
        return reading.workers();
    }

    boolean allowsEmpty() {
        return part.allowsEmpty();
    }

    TransferListener listener() {
        return listener;
    }

    /** Where the backup goes; without a name it has that of the environment. */
    private record Destination(
            @Nullable String name, @Nullable String store, Compression compression) {}

    /** What is backed up of the environment. */
    private record Part(
            CollectionSelection selection, @Nullable QuerySetRequest querySet, boolean allowsEmpty) {}

    /** How the environment is read. */
    private record Reading(Consistency consistency, int workers) {

        Reading {
            Checks.atLeast("workers", workers, 1);
        }
    }
}
