/**
 * Monarch in a Spring Boot application: properties, and one small auto-configuration per concern.
 *
 * <p>Everything here turns what Spring Boot knows (connections, profiles, SSL bundles) into what the core asks for. It
 * contains no engine of its own, and the core knows nothing of it.
 */
@NullMarked
package dev.monarch.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
