package dev.monarch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The largest resident memory of a process: heap, code, threads and buffers together. Linux only. */
final class PeakMemory {

    private static final String PREFIX = "PEAK KB ";

    private PeakMemory() {}

    /** Prints the peak of this process, for {@link #printedIn}. */
    static void print() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            try (Stream<String> lines = Files.lines(status)) {
                lines.filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .forEach(kilobytes -> System.out.println(PREFIX + kilobytes));
            }
        }
    }

    /** {@return the peak in megabytes that a process printed last; empty if it printed none} */
    static OptionalLong printedIn(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(PREFIX))
                    .mapToLong(line -> Long.parseLong(line.substring(PREFIX.length())) / 1_024)
                    .reduce((first, second) -> second);
        }
    }
}
