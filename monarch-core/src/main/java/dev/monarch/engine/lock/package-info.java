/**
 * Locks an environment for one owner at a time: a lease on the server's clock, a heartbeat that renews it, a token
 * for each acquisition, and a counter that fences writes.
 *
 * <p>The lock belongs to the environment, not to migrations. Everything that changes an environment acquires it. This
 * package knows environments, but not what the holders of the lock do.
 */
@NullMarked
package dev.monarch.engine.lock;

import org.jspecify.annotations.NullMarked;
