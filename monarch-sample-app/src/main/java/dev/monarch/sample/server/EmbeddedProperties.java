package dev.monarch.sample.server;

import java.io.File;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.system.ApplicationHome;

/**
 * The embedded server.
 *
 * @param directory Directory of the embedded server's data. Default: 'kennel-data' next to the application's jar or
 *     next to its folder of classes ('target/kennel-data'), whatever the working directory.
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
