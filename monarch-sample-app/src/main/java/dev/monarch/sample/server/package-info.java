/**
 * The server that the kennel runs on: the configured one, or else one embedded in this process.
 *
 * <p>A real application has none of this; it has {@code spring.mongodb.uri}. With it, a first look at the kennel needs
 * only Java. Nothing here depends on the kennel's data.
 */
@NullMarked
package dev.monarch.sample.server;

import org.jspecify.annotations.NullMarked;
