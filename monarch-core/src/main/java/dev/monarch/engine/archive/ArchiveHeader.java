package dev.monarch.engine.archive;

/**
 * What an archive says of itself.
 *
 * @param version the version of the format; only {@code 0.1} has ever been seen
 * @param serverVersion the version of the server it was taken from
 * @param toolVersion the version of the tool that wrote it
 */
public record ArchiveHeader(String version, String serverVersion, String toolVersion) {}
