package dev.monarch.engine.lock;

/** Tries to acquire the lock. The implementations differ in whose clock judges a silent holder. */
interface LockStore {

    /** Tries once. */
    Attempt tryAcquire(LockRequest request);

    /**
     * The result of one attempt.
     *
     * @param document the lock document after the attempt; the contender has won if the document has its token
     * @param sentAt when the command was sent that read or wrote the document, on this process's monotonic clock; the lease
     *     of a contender that has won counts from then
     */
    record Attempt(LockDocument document, long sentAt) {}
}
