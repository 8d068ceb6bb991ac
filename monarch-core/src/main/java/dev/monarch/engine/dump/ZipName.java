package dev.monarch.engine.dump;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * Decodes the name of a file in a zip file. The library assumes one encoding for all names without a flag. Programs of
 * Unix write UTF-8 without the flag, and those of Windows the encoding of MS-DOS.
 */
final class ZipName {

    private ZipName() {}

    static String of(ZipArchiveEntry entry) {
        byte[] raw = entry.getRawName();
        if (entry.getExtraField(UnicodePathExtraField.UPATH_ID) instanceof UnicodePathExtraField unicode
                && unicode.getNameCRC32() == crc(raw)) {
            return new String(unicode.getUnicodeName(), StandardCharsets.UTF_8);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException e) {
            boolean dos = !entry.getGeneralPurposeBit().usesUTF8ForNames() && Charset.isSupported("IBM437");
            return new String(raw, dos ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1);
        }
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
