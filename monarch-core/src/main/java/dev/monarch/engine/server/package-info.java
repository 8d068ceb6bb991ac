/**
 * Communication with a server: a client of Monarch's own, commands with completely checked replies, and the list of
 * failures after which a command may be resent.
 *
 * <p>This package depends on the driver and on no other package of Monarch.
 */
@NullMarked
package dev.monarch.engine.server;

import org.jspecify.annotations.NullMarked;
