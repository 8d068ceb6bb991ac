package dev.monarch.test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The main class of a JVM that starts a process, says which, and then waits to be killed. */
final class Abandoned {

    private Abandoned() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("mongod")) {
            Path binary = new Settings(name -> Optional.ofNullable(System.getenv(name)))
                    .mongod()
                    .orElseThrow();
            System.out.println(MongodServer.started(Mongod.at(binary), Topology.REPLICA_SET, 1, false)
                    .uri("admin"));
        } else {
            System.out.println(new ChildProcess(Path.of(args[0]), List.of("sleep", "600")).start());
        }
        System.in.read();
    }

    /** Starts such a JVM. */
    static Process jvm(String argument) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Abandoned.class.getName(),
                        argument)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
