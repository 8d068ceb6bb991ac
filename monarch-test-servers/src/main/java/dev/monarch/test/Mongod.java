package dev.monarch.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
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

    /** The {@code mongos} in the same folder, which a sharded cluster needs. */
    Optional<Path> mongos() {
        return Optional.of(path.resolveSibling("mongos")).filter(Files::isExecutable);
    }

    Offer offer() {
        Set<Topology> topologies = EnumSet.of(Topology.REPLICA_SET, Topology.STANDALONE);
        mongos().ifPresent(mongos -> topologies.add(Topology.SHARDED_CLUSTER));
        return new Offer(ServerKind.MONGOD, "mongod " + version, version, topologies, true, true, true);
    }
}
