/**
 * The server the kennel runs on: the configured one, or else one embedded in this process.
 *
 * <p>A real application has none of this, it has {@code spring.mongodb.uri}. It is here so that a first look at the kennel
 * needs nothing but Java. Nothing here knows what the kennel keeps.
 */
@NullMarked
package dev.monarch.sample.server;

import org.jspecify.annotations.NullMarked;
