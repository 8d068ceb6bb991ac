/**
 * Retention: rules for which backups to keep, the decisions about each backup, and the removal of the others.
 *
 * <p>Decisions are based on the list of backups; stores handle data and manifests. This package does not depend on
 * schedules, Spring or the command line.
 */
@NullMarked
package dev.monarch.backup.retention;

import org.jspecify.annotations.NullMarked;
