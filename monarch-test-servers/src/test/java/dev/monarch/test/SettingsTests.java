package dev.monarch.test;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SettingsTests {

    @TempDir
    Path folder;

    @Test
    void mongodIsTheFirstExecutableOnThePath() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.createFile(first.resolve("mongod"));
        Path mongod = executable(second.resolve("mongod"));
        assertThat(settings(Map.of("PATH", first + File.pathSeparator + second)).mongod())
                .contains(mongod);
    }

    @Test
    void theVariableOverridesThePath() throws IOException {
        executable(folder.resolve("mongod"));
        Path other = executable(folder.resolve("mongod-8"));
        assertThat(settings(Map.of("PATH", folder.toString(), "MONARCH_TEST_MONGOD", other.toString()))
                        .mongod())
                .contains(other);
    }

    @Test
    void theConfiguredMongodMustExist() {
        Settings settings = settings(Map.of("MONARCH_TEST_MONGOD", "/no/such/mongod"));
        assertThatIllegalStateException()
                .isThrownBy(settings::mongod)
                .withMessage("MONARCH_TEST_MONGOD=/no/such/mongod is no executable file");
    }

    @Test
    void blankValuesCountAsUnset() {
        Settings settings = settings(Map.of(
                "PATH", "", "MONARCH_TEST_MONGOD", "", "MONARCH_TEST_MONGODB_URI", " ", "MONARCH_REQUIRE_SERVER", ""));
        assertThat(settings.mongod()).isEmpty();
        assertThat(settings.externalUri()).isEmpty();
        assertThat(settings.replicaSetRequired()).isFalse();
    }

    @Test
    void theDockerHostVariableOverridesTheSocket() {
        assertThat(settings(Map.of("DOCKER_HOST", "tcp://127.0.0.1:2375")).dockerLikely())
                .isTrue();
        assertThat(settings(Map.of("DOCKER_HOST", "")).dockerLikely()).isFalse();
    }

    @Test
    void onlyAReplicaSetCanBeRequired() {
        assertThat(settings(Map.of("MONARCH_REQUIRE_SERVER", "replica-set")).replicaSetRequired())
                .isTrue();
        Settings misspelt = settings(Map.of("MONARCH_REQUIRE_SERVER", "replicaset"));
        assertThatIllegalStateException()
                .isThrownBy(misspelt::replicaSetRequired)
                .withMessage("MONARCH_REQUIRE_SERVER=replicaset: the only value known is replica-set");
    }

    private static Path executable(Path file) throws IOException {
        Files.createFile(file);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static Settings settings(Map<String, String> variables) {
        return new Settings(name -> Optional.ofNullable(variables.get(name)));
    }
}
