package dev.monarch.spring.boot.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.monarch.InvalidEnvironmentException;

import static org.assertj.core.api.Assertions.assertThat;

/** Credentials appear in no message, no cause, no log line and no text of a value. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

    private static final String SECRET = "hunter2";

    @TempDir
    private Path directory;

    static Stream<Map<String, String>> configurationsThatAreRefused() {
        return Stream.of(
                other("uri: mongodb://keeper:hunter2@${HOST}/kennel"),
                other("uri: mongodb://keeper:hunter2@db.example.com:port/kennel"),
                other("uri: mongodb://keeper:hunter2@db.example.com"),
                other("uri: mongodb://keeper:hun:hunter2@db.example.com/kennel"),
                other("uri: mongodb://keeper:hunter2@/kennel"),
                other("uri: hunter2"),
                other("uri: mongodb://keeper:hunter2@db.example.com/kennel?authMechanism=hunter2"),
                other("uri: mongodb://keeper:%zzhunter2@db.example.com/kennel"),
                other("uri: mongodb://keeper:hunter2@db.example.com/kennel\nhost: db.example.com"),
                other("uri: mongodb://keeper:hunter2@db.example.com/kennel\nprofile: north"),
                other("uri: mongodb://db.example.com/kennel\npassword: hunter2"),
                other("uri: mongodb://keeper:hunter2@db.example.com/kennel\nssl.bundle: missing"),
                other("username: keeper\npassword: hunter2"),
                other("host: ${HOST}\npassword: hunter2"),
                other("host: db.example.com\npassword: hunter2${REST}"),
                other("host: db.example.com\nport: hunter2"),
                other("host: 'db.example.com:hunter2'"),
                other("host: 'db.example.com'\ndatabase: 'a b$hunter2'"),
                profile("spring.mongodb.uri: mongodb://keeper:hunter2@${HOST}/kennel"),
                profile("spring.mongodb.uri: mongodb://keeper:hunter2@db.example.com:port/kennel"),
                profile("spring.mongodb.uri: mongodb://keeper:hunter2@db.example.com"),
                profile("spring.mongodb: {password: hunter2}"),
                profile("spring.mongodb: {host: db.example.com, password: hunter2}"),
                profile("spring.mongodb: {database: kennel, port: hunter2}"),
                profile("spring.mongodb: {database: kennel, ssl.enabled: hunter2}"),
                profile("spring.mongodb: {database: kennel, representation.uuid: hunter2}"),
                profile("spring.config.import: 'http://keeper:hunter2@config.example.com/'"),
                profile("spring.config.import: 'file:///${MISSING}/keeper:hunter2@config.example.com/a.yml'"),
                profile("spring.config.import: '//keeper:hunter2@config.example.com/missing.yml'"),
                profile("spring.mongodb: {password: hunter2"),
                profile("spring.mongodb.password: 'hunter2"),
                profile("spring.profiles.active: hunter2"),
                profile("hunter2: ${"));
    }

    @ParameterizedTest
    @MethodSource("configurationsThatAreRefused")
    void noRefusalContainsThePassword(Map<String, String> content, CapturedOutput output) {
        ConfigFiles files = new ConfigFiles(directory);
        content.forEach(files::write);
        files.run(environments -> {
            InvalidEnvironmentException failure =
                    Failures.of(() -> environments.get("other").client());
            assertThat(failure).isNotNull();
            assertThat(everythingOf(failure)).doesNotContain(SECRET);
            assertThat(environments.get("other")).asString().doesNotContain(SECRET);
        });
        assertThat(output).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uri: mongodb://keeper:hunter2@db.example.com/kennel",
                "host: db.example.com\nusername: keeper\npassword: hunter2"
            })
    void noTextOfAValueContainsThePassword(String properties) {
        ConfigFiles files = new ConfigFiles(directory);
        other(properties).forEach(files::write);
        files.application().run(context -> {
            MonarchProperties bound = context.getBean(MonarchProperties.class);
            assertThat(List.of(
                            bound,
                            bound.environments(),
                            ConfigFiles.environmentsOf(context),
                            ConfigFiles.environmentsOf(context).get("other"),
                            ConfigFiles.environmentsOf(context).get("other").address()))
                    .asString()
                    .doesNotContain(SECRET);
        });
    }

    private static Map<String, String> other(String properties) {
        return Map.of(
                "application.yml",
                "spring.mongodb.uri: mongodb://localhost:1/own\nmonarch:\n  environments:\n    other:\n"
                        + properties.indent(6));
    }

    private static Map<String, String> profile(String properties) {
        return Map.of(
                "application.yml",
                "spring.mongodb.uri: mongodb://localhost:1/own\nmonarch.profiles: other\n",
                "application-other.yml",
                properties + "\n");
    }

    /** Causes and suppressed exceptions are part of a stack trace. */
    private static String everythingOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
