/** Facts about an environment: its deployment, the privileges of its user, and similar names for error messages. */
@NullMarked
package dev.monarch.engine.environment;

import org.jspecify.annotations.NullMarked;
