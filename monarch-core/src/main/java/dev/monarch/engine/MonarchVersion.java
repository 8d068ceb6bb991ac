package dev.monarch.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Monarch. It is read from a separate file, because fat jars lose the manifests of their jars. */
public final class MonarchVersion {

    private static final String VERSION = read();

    private MonarchVersion() {}

    /** {@return the version of this build} */
    public static String get() {
        return VERSION;
    }

    private static String read() {
        Properties properties = new Properties();
        try (InputStream file = MonarchVersion.class.getResourceAsStream("version.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
