package dev.monarch.rehearsal;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.TransferListener;

/** A request for a rehearsal. Immutable: each method returns a changed copy. */
public final class RehearsalRequest {

    private final String source;

    private final Scratch scratch;

    private final Part part;

    private final Pace pace;

    private final TransferListener listener;

    private RehearsalRequest(String source, Scratch scratch, Part part, Pace pace, TransferListener listener) {
        this.source = source;
        this.scratch = scratch;
        this.part = part;
        this.pace = pace;
        this.listener = listener;
    }

    /**
     * Rehearses with all data, on a different cluster than the source.
     *
     * @param source the name of the environment whose pending migrations are rehearsed; it is only read
     * @param scratch the name of the environment that is filled, migrated and dropped
     * @return the request
     * @throws IllegalArgumentException if a name is blank
     */
    public static RehearsalRequest of(String source, String scratch) {
        return new RehearsalRequest(
                Checks.notBlank("source", source),
                new Scratch(Checks.notBlank("scratch", scratch), false),
                new Part(null, false),
                Pace.DEFAULT,
                TransferListener.NONE);
    }

    /**
     * Allows a scratch environment on the source's cluster, which then has the load of the rehearsal.
     *
     * @return the request
     */
    public RehearsalRequest onSourceCluster() {
        return new RehearsalRequest(source, new Scratch(scratch.environment(), true), part, pace, listener);
    }

    /**
     * Copies only the part that a query set selects.
     *
     * @param querySet the query set and its parameters; null for everything
     * @return the request
     */
    public RehearsalRequest withQuerySet(@Nullable QuerySetRequest querySet) {
        return new RehearsalRequest(source, scratch, new Part(querySet, part.allowsEmpty()), pace, listener);
    }

    /**
     * Allows a source without collections. By default it is refused, because its name is probably misspelt.
     *
     * @return the request
     */
    public RehearsalRequest allowingEmpty() {
        return new RehearsalRequest(source, scratch, new Part(part.querySet(), true), pace, listener);
    }

    /**
     * Sets how fast the copy is made. What the pace leaves open is decided by the service.
     *
     * @param other the pace
     * @return the request
     */
    public RehearsalRequest paced(Pace other) {
        return new RehearsalRequest(source, scratch, part, other, listener);
    }

    /**
     * Reports the progress of the copy to a listener.
     *
     * @param other called during the copy
     * @return the request
     */
    public RehearsalRequest reportingTo(TransferListener other) {
        return new RehearsalRequest(source, scratch, part, pace, other);
    }

    String source() {
        return source;
    }

    String scratch() {
        return scratch.environment();
    }

    boolean allowsSourceCluster() {
        return scratch.onSourceCluster();
    }

    @Nullable
    QuerySetRequest querySet() {
        return part.querySet();
    }

    boolean allowsEmpty() {
        return part.allowsEmpty();
    }

    Pace pace() {
        return pace;
    }

    TransferListener listener() {
        return listener;
    }

    /** The scratch environment. */
    private record Scratch(String environment, boolean onSourceCluster) {}

    /** The part of the source to copy. */
    private record Part(@Nullable QuerySetRequest querySet, boolean allowsEmpty) {}
}
