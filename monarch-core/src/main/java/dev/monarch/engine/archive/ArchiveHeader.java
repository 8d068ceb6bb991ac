package dev.monarch.engine.archive;

/**
 * The header of an archive.
 *
 * @param version the version of the format; the only known one is {@code 0.1}
 * @param serverVersion the version of the server it was taken from
 * @param toolVersion the version of the tool that wrote it
 */
public record ArchiveHeader(String version, String serverVersion, String toolVersion) {}
