package dev.monarch.archive;

/**
 * A part of an archive that can be decompressed by itself: a zstd frame, a gzip member, or as many plain bytes.
 *
 * @param offset where it begins in the archive
 * @param length how many bytes it has, compressed
 * @param documents how many documents are in it
 * @param crc CRC-32C of its bytes, compressed (RFC 3720, appendix B.4)
 */
public record ArchiveFrame(long offset, long length, int documents, long crc) {}
