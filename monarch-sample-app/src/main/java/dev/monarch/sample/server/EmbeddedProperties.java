package dev.monarch.sample.server;

import java.io.File;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.system.ApplicationHome;

/**
 * The embedded server.
 *
 * @param directory Where the embedded server keeps its data. Default: 'kennel-data' beside the application's jar, or beside
 *     its folder of classes: 'target/kennel-data' either way, wherever it is started from.
 */
@ConfigurationProperties("kennel.embedded")
record EmbeddedProperties(@Nullable Path directory) {

    Path directoryOrDefault() {
        Path chosen = directory != null ? directory : home().resolve("kennel-data");
        return chosen.toAbsolutePath().normalize();
    }

    private static Path home() {
        ApplicationHome home = new ApplicationHome(EmbeddedProperties.class);
        File source = home.getSource();
        File parent = source != null ? source.getParentFile() : null;
        return (parent != null ? parent : home.getDir()).toPath();
    }
}
