package dev.monarch.rehearsal;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.transfer.TransferProgress.TransferListener;

/** What is rehearsed, and where. Immutable: each method returns another request. */
public final class RehearsalRequest {

    private final String source;

    private final Scratch scratch;

    private final Part part;

    private final TransferListener listener;

    private RehearsalRequest(String source, Scratch scratch, Part part, TransferListener listener) {
        this.source = source;
        this.scratch = scratch;
        this.part = part;
        this.listener = listener;
    }

    /**
     * Rehearses with all data, on another cluster than the source's.
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
                TransferListener.NONE);
    }

    /**
     * Allows the scratch environment to be on the source's own cluster, which then has the load.
     *
     * @return the request
     */
    public RehearsalRequest besideTheSource() {
        return new RehearsalRequest(source, new Scratch(scratch.environment(), true), part, listener);
    }

    /**
     * Copies the part that a query set chooses.
     *
     * @param querySet the query set and its parameters; null for everything
     * @return the request
     */
    public RehearsalRequest choosing(@Nullable QuerySetRequest querySet) {
        return new RehearsalRequest(source, scratch, new Part(querySet, part.allowsEmpty()), listener);
    }

    /**
     * Allows a source without collections; otherwise it is refused, as its name is probably misspelt.
     *
     * @return the request
     */
    public RehearsalRequest allowingEmpty() {
        return new RehearsalRequest(source, scratch, new Part(part.querySet(), true), listener);
    }

    /**
     * Reports the progress of the copy to a listener.
     *
     * @param other is called as the copy proceeds
     * @return the request
     */
    public RehearsalRequest telling(TransferListener other) {
        return new RehearsalRequest(source, scratch, part, other);
    }

    String source() {
        return source;
    }

    String scratch() {
        return scratch.environment();
    }

    boolean mayBeBesideTheSource() {
        return scratch.besideTheSource();
    }

    @Nullable
    QuerySetRequest querySet() {
        return part.querySet();
    }

    boolean allowsEmpty() {
        return part.allowsEmpty();
    }

    TransferListener listener() {
        return listener;
    }

    /** Where it is rehearsed. */
    private record Scratch(String environment, boolean besideTheSource) {}

    /** The part of the source to copy. */
    private record Part(@Nullable QuerySetRequest querySet, boolean allowsEmpty) {}
}
