/** What the engine knows about an environment: its deployment, the privileges of its user, names that are near. */
@NullMarked
package dev.monarch.engine.environment;

import org.jspecify.annotations.NullMarked;
