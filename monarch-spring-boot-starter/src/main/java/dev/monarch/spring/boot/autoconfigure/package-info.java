/**
 * Monarch in a Spring Boot application: properties, and one small auto-configuration per concern.
 *
 * <p>This package converts what Spring Boot knows (connections, profiles, SSL bundles) into what the core needs. The
 * core does not know it.
 */
@NullMarked
package dev.monarch.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
