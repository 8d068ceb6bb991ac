package dev.monarch.migration;

/**
 * A migration that is to be taken back.
 *
 * @param id its id
 * @param down whether its {@code down} runs; not for one that was ignored, which is only struck out of the history
 * @param again whether it has been tried before and was not ended
 */
public record PlannedRollback(String id, boolean down, boolean again) {}
