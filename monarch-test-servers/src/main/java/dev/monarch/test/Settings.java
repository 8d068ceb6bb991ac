package dev.monarch.test;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The settings of test servers. {@link MongoTest} documents their names. */
final class Settings {

    private final Function<String, Optional<String>> variables;

    /**
     * @param variables looks up a variable. A blank value counts as unset, so that a configuration parameter can hide
     *     an environment variable.
     */
    Settings(Function<String, Optional<String>> variables) {
        this.variables = variables;
    }

    Optional<String> externalUri() {
        return value("MONARCH_TEST_MONGODB_URI");
    }

    /** {@return the configured binary, which must exist, or else the first on the path} */
    Optional<Path> mongod() {
        Optional<Path> set = value("MONARCH_TEST_MONGOD").map(Path::of);
        if (set.isPresent()) {
            if (!Files.isExecutable(set.get())) {
                throw new IllegalStateException("MONARCH_TEST_MONGOD=" + set.get() + " is no executable file");
            }
            return set;
        }
        return value("PATH").stream()
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "mongod"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** A cheap check for a Docker engine. Testcontainers would log an error if there is none. */
    boolean dockerLikely() {
        return variables
                .apply("DOCKER_HOST")
                .map(host -> !host.isBlank())
                .orElseGet(() -> Files.exists(Path.of("/var/run/docker.sock"))
                        || Files.exists(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"))
                        || value("XDG_RUNTIME_DIR")
                                .map(folder -> Files.exists(Path.of(folder, "docker.sock")))
                                .orElse(false));
    }

    boolean replicaSetRequired() {
        Optional<String> required = value("MONARCH_REQUIRE_SERVER");
        if (required.isPresent() && !required.get().equals("replica-set")) {
            throw new IllegalStateException(
                    "MONARCH_REQUIRE_SERVER=" + required.get() + ": the only value known is replica-set");
        }
        return required.isPresent();
    }

    private Optional<String> value(String name) {
        return variables.apply(name).filter(value -> !value.isBlank());
    }
}
