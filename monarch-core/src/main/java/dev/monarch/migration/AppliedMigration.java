package dev.monarch.migration;

import java.time.Duration;

/**
 * A migration that a run applied.
 *
 * @param id its id
 * @param attempt the number of the attempt that succeeded, from 1
 * @param elapsed how long it took
 */
public record AppliedMigration(String id, int attempt, Duration elapsed) {}
