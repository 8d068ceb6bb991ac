package dev.monarch.engine.lock;

/** Tries once to get the lock; the two ways differ in whose clock judges a silent holder. */
interface LockStore {

    /**
     * Tries once.
     *
     * @return the lock document as it stands after the attempt; the contender won if it bears its token
     */
    LockDocument tryAcquire(LockRequest request);
}
