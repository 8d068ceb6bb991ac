package dev.monarch.migration;

import java.time.Duration;

/**
 * A migration that was taken back.
 *
 * @param id its id
 * @param down whether its {@code down} ran
 * @param elapsed how long that took
 */
public record RolledBackMigration(String id, boolean down, Duration elapsed) {}
