/** Plans and runs migrations and rollbacks under the lock, and imports the histories of other migration tools. */
@NullMarked
package dev.monarch.engine.migration;

import org.jspecify.annotations.NullMarked;
