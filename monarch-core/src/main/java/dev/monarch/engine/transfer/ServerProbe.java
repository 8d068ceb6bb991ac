package dev.monarch.engine.transfer;

/** Small operations of our own on one server, and what the server says about its load. For one thread. */
interface ServerProbe {

    /** {@return whether one of the operations writes} */
    boolean writes();

    /**
     * Runs the operations once.
     *
     * @return how long they took, in nanoseconds
     */
    long measure();

    /**
     * Reads what the server says about its load.
     *
     * @return the load divided by the allowed one; 0 if it says nothing
     */
    double reported();
}
