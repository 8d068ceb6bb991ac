package dev.monarch.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code mongod} binary.
 *
 * @param path where it is
 * @param version its version
 */
record Mongod(Path path, Version version) {

    private static final Pattern VERSION = Pattern.compile("db version v(\\S+)");

    static Mongod at(Path path) {
        try {
            Process process = new ProcessBuilder(path.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = VERSION.matcher(output);
            if (!matcher.find()) {
                throw new IllegalStateException(path + " --version says no version but: " + output.strip());
            }
            return new Mongod(path, Version.of(matcher.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be run", e);
        }
    }

    Offer offer() {
        return new Offer(
                ServerKind.MONGOD,
                "mongod " + version,
                version,
                Set.of(Topology.REPLICA_SET, Topology.STANDALONE),
                true,
                true,
                true);
    }
}
