package dev.monarch.spring.boot.advice;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/** A compression of a connection string whose library is missing. */
class MissingCompressorTests {

    @ParameterizedTest
    @CsvSource({
        "snappy, org/xerial/snappy/Snappy, org.xerial.snappy:snappy-java",
        "zstd, com/github/luben/zstd/Zstd, com.github.luben:zstd-jni"
    })
    void theStartNamesTheDependency(String word, String missing, String library) {
        FailureAnalysis analysis =
                Objects.requireNonNull(analysis(error(missing, "com.mongodb.internal.connection.Compressor")));

        assertThat(analysis.getDescription())
                .isEqualTo("Cannot talk to MongoDB: the connection string asks for the compression " + word
                        + ", and the application lacks the library for it.");
        assertThat(analysis.getAction())
                .isEqualTo("Add the dependency " + library + " to the application, or remove " + word
                        + " from 'compressors' of the connection string.");
    }

    @Test
    void anotherMissingClassIsNotExplained() {
        assertThat(analysis(error("org/example/Nothing", "com.mongodb.internal.connection.Compressor")))
                .isNull();
        assertThat(analysis(error("com/github/luben/zstd/Zstd", "dev.monarch.engine.archive.ZstdFrames")))
                .isNull();
    }

    private static RuntimeException error(String missing, String thrownBy) {
        NoClassDefFoundError error = new NoClassDefFoundError(missing);
        error.setStackTrace(new StackTraceElement[] {new StackTraceElement(thrownBy, "compress", null, 1)});
        return new IllegalStateException("The bean could not be created", error);
    }

    private static @Nullable FailureAnalysis analysis(Throwable failure) {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, e) -> {}));
        return analyzers.stream()
                .filter(analyzer -> analyzer.getClass().getPackageName().startsWith("dev.monarch"))
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
