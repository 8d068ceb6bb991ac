package dev.monarch.replacement;

import java.time.Instant;
import java.util.List;

/**
 * How a replacement that has begun stands, seen from what stands in the database.
 *
 * @param progress what it is, and how far it has come
 * @param steps what it does, in order; none while it is loading
 */
public record SwapStatus(SwapProgress progress, List<Step> steps) {

    /**
     * Creates a status.
     *
     * @param progress what it is
     * @param steps what it does, which are copied
     */
    public SwapStatus {
        steps = List.copyOf(steps);
    }

    /** What a step does. */
    public enum Action {
        /** Puts a collection that was loaded under its name, over the one that stands there. */
        REPLACE,
        /** Creates a view. */
        CREATE_VIEW,
        /** Drops a collection or a view that does not come, or makes room for another kind. */
        REMOVE
    }

    /** How a step stands. */
    public enum State {
        /** It is done. */
        DONE,
        /** It can be done. */
        PENDING,
        /** Others have created something under its name, or removed what was loaded for it. */
        BLOCKED
    }

    /**
     * A step.
     *
     * @param collection the collection or view
     * @param action what is done to it
     * @param state how it stands
     */
    public record Step(String collection, Action action, State state) {}

    /**
     * A replacement that has begun and not ended.
     *
     * @param purpose what it is
     * @param host which process did it
     * @param since when it began
     * @param done how many collections are replaced or removed
     * @param total how many are to be
     * @param inPlace whether it was loading in place: then nobody can end it but another restore
     */
    public record SwapProgress(String purpose, String host, Instant since, int done, int total, boolean inPlace) {}
}
