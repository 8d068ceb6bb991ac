package dev.monarch.environment;

/** How far from harmless an environment is; the columns of the guard's table. */
public enum Exposure {

    /** On this machine and not protected. */
    LOOPBACK,

    /** On another machine, and its protection was switched off. */
    REMOTE,

    /** Protected: by flag, by a production-like name, or because it is not on this machine. */
    PROTECTED
}
