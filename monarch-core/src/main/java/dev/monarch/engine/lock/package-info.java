/**
 * One owner of an environment at a time: a lease on the server's clock, kept by a heartbeat, with a token of its own per
 * acquisition and a counter that fences writes.
 *
 * <p>The lock belongs to the environment, not to migrations; whatever changes an environment takes it. This package knows
 * environments and nothing of what its holders do.
 */
@NullMarked
package dev.monarch.engine.lock;

import org.jspecify.annotations.NullMarked;
