package dev.monarch.engine.original;

/** Leaves room for the application during an undo. */
@FunctionalInterface
public interface UndoPace {

    /**
     * Waits after a batch.
     *
     * @param elapsed how long it took, in nanoseconds
     * @param examined the number of documents that it compared
     * @param changed the number of documents that it changed
     * @param bytes their length
     * @return whether the undo goes on
     */
    boolean after(long elapsed, long examined, long changed, long bytes);
}
