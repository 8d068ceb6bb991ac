package dev.monarch.engine.archive;

import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * The header of an archive.
 *
 * @param version the version of the format; the only known one is {@code 0.1}
 * @param serverVersion the version of the server it was taken from
 * @param toolVersion the version of the tool that wrote it
 */
public record ArchiveHeader(String version, String serverVersion, String toolVersion) {

    /**
     * Reads the {@code prelude.json} of a dump directory.
     *
     * @param text the JSON text
     * @return the versions; empty if the text does not have them
     */
    public static ArchiveHeader ofPrelude(String text) {
        try {
            BsonDocument prelude = ExtendedJson.read(text);
            return new ArchiveHeader("", text(prelude, "ServerVersion"), text(prelude, "ToolVersion"));
        } catch (RuntimeException e) {
            return new ArchiveHeader("", "", "");
        }
    }

    private static String text(BsonDocument prelude, String field) {
        return prelude.get(field) instanceof BsonString text ? text.getValue() : "";
    }
}
