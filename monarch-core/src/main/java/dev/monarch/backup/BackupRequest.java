package dev.monarch.backup;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.monarch.archive.Compression;
import dev.monarch.engine.Checks;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.ReadReport.Consistency;
import dev.monarch.transfer.TransferProgress.TransferListener;

/** A request for a backup. Immutable: each method returns a changed copy. */
public final class BackupRequest {

    private final String environment;

    private final Destination destination;

    private final Part part;

    private final Consistency consistency;

    private final Pace pace;

    private final TransferListener listener;

    private BackupRequest(
            String environment,
            Destination destination,
            Part part,
            Consistency consistency,
            Pace pace,
            TransferListener listener) {
        this.environment = environment;
        this.destination = destination;
        this.part = part;
        this.consistency = consistency;
        this.pace = pace;
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
                Consistency.BEST,
                Pace.DEFAULT,
                TransferListener.NONE);
    }

    private BackupRequest with(Destination other) {
        return new BackupRequest(environment, other, part, consistency, pace, listener);
    }

    private BackupRequest with(Part other) {
        return new BackupRequest(environment, destination, other, consistency, pace, listener);
    }

    /**
     * Sets the name of the backup, to which the time is added. Default: the environment's name.
     *
     * @param name the name, which must be valid in file names; null for the environment's name
     * @return the request
     */
    public BackupRequest named(@Nullable String name) {
        return with(new Destination(name, destination.store(), destination.compression()));
    }

    /**
     * Sets the store for the backup.
     *
     * @param store the store's name; null for the default one
     * @return the request
     */
    public BackupRequest into(@Nullable String store) {
        return with(new Destination(destination.name(), store, destination.compression()));
    }

    /**
     * Sets the compression of the backup. Default: {@link Compression#best()}.
     *
     * @param compression the compression
     * @return the request
     */
    public BackupRequest compressed(Compression compression) {
        return with(new Destination(destination.name(), destination.store(), compression));
    }

    /**
     * Sets the consistency of the read. Default: {@link Consistency#BEST}.
     *
     * @param other the consistency
     * @return the request
     */
    public BackupRequest consistent(Consistency other) {
        return new BackupRequest(environment, destination, part, other, pace, listener);
    }

    /**
     * Selects some collections. The backup is then incomplete.
     *
     * @param selection which collections
     * @return the request
     */
    public BackupRequest selecting(CollectionSelection selection) {
        return with(new Part(selection, part.querySet(), part.allowsEmpty()));
    }

    /**
     * Selects and masks a part of the database with a query set. The backup is then incomplete.
     *
     * @param querySet the query set and its parameters; null for everything
     * @return the request
     */
    public BackupRequest withQuerySet(@Nullable QuerySetRequest querySet) {
        return with(new Part(part.selection(), querySet, part.allowsEmpty()));
    }

    /**
     * Sets how fast the environment is read. What the pace leaves open is decided by the service.
     *
     * @param other the pace
     * @return the request
     */
    public BackupRequest paced(Pace other) {
        return new BackupRequest(environment, destination, part, consistency, other, listener);
    }

    /**
     * Allows a database without collections. By default it is refused, because its name is probably misspelt.
     *
     * @return the request
     */
    public BackupRequest allowingEmpty() {
        return with(new Part(part.selection(), part.querySet(), true));
    }

    /**
     * Reports the progress to a listener.
     *
     * @param other called during the operation
     * @return the request
     */
    public BackupRequest reportingTo(TransferListener other) {
        return new BackupRequest(environment, destination, part, consistency, pace, other);
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
        return consistency;
    }

    CollectionSelection selection() {
        return part.selection();
    }

    @Nullable
    QuerySetRequest querySet() {
        return part.querySet();
    }

    Pace pace() {
        return pace;
    }

    boolean allowsEmpty() {
        return part.allowsEmpty();
    }

    TransferListener listener() {
        return listener;
    }

    /** The store, the name and the compression of the backup. Without a name, the backup has the environment's name. */
    private record Destination(
            @Nullable String name, @Nullable String store, Compression compression) {}

    /** The selected part of the environment. */
    private record Part(
            CollectionSelection selection, @Nullable QuerySetRequest querySet, boolean allowsEmpty) {}
}
