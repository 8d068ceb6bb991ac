/** Plans and runs migrations and rollbacks under the lock. */
@NullMarked
package dev.monarch.engine.migration;

import org.jspecify.annotations.NullMarked;
