/**
 * How Monarch talks to a server: with a client of its own, by commands whose answers are read completely, and by one list
 * of the failures after which a command may be sent again.
 *
 * <p>This package knows the driver and no other package of Monarch.
 */
@NullMarked
package dev.monarch.engine.server;

import org.jspecify.annotations.NullMarked;
