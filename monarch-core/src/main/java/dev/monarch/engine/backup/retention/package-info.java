/** Removes backups while the lock of their environment is held. */
@NullMarked
package dev.monarch.engine.backup.retention;

import org.jspecify.annotations.NullMarked;
