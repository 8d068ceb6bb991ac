package dev.monarch.engine.lock;

/** Tries once to get the lock; the two ways differ in whose clock judges a silent holder. */
interface LockStore {

    /** Tries once. */
    Attempt tryAcquire(LockRequest request);

    /**
     * What came of one attempt.
     *
     * @param document the lock document as it stands after the attempt; the contender won if it bears its token
     * @param sentAt when the command was sent that read or wrote the document, on this process's monotonic clock: the lease
     *     of a contender that won is counted from then
     */
    record Attempt(LockDocument document, long sentAt) {}
}
