package dev.monarch.replacement;

import java.time.Instant;

/**
 * A replacement that has begun and not ended.
 *
 * @param purpose what it is
 * @param host which process did it
 * @param since when it began
 * @param done how many collections are replaced or removed
 * @param total how many are to be
 * @param inPlace whether it was loading in place: then nobody can end it but another restore
 */
public record SwapProgress(String purpose, String host, Instant since, int done, int total, boolean inPlace) {}
