package dev.monarch.archive;

/**
 * A stretch of bytes.
 *
 * @param offset where it begins
 * @param length how long it is
 */
public record Span(long offset, long length) {}
