package dev.monarch.spring.boot.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.monarch.transfer.TransferProgress;
import dev.monarch.transfer.TransferProgress.CollectionProgress;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * Shows the progress of a transfer: on a terminal one changing line for each current collection and one for the total,
 * in a pipe one line every few seconds.
 */
final class TransferLines implements TransferListener, AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private static final int MOST_COLLECTIONS = 6;

    private final PrintStream err;

    /** Whether lines can be overwritten. */
    private final boolean live;

    private final int width;

    private volatile int drawn;

    private volatile long lastLine = System.nanoTime();

    TransferLines(CommandConsole console) {
        this(console.err(), console.isTerminal() && console.ansi().enabled(), TerminalWidth.find());
    }

    TransferLines(PrintStream err, boolean live, int width) {
        this.err = err;
        this.live = live;
        this.width = width;
    }

    @Override
    public synchronized void onProgress(TransferProgress progress) {
        if (live) {
            draw(progress);
        } else if (System.nanoTime() - lastLine >= BETWEEN_LINES.toNanos()) {
            lastLine = System.nanoTime();
            err.println(String.join(", ", total(progress)));
        }
    }

    private void draw(TransferProgress progress) {
        List<String> lines = new ArrayList<>();
        progress.collections().stream()
                .filter(collection -> collection.state() == CollectionProgress.State.RUNNING)
                .limit(MOST_COLLECTIONS)
                .forEach(collection -> lines.add(fitted(parts(collection))));
        lines.add(fitted(total(progress)));
        clear();
        lines.forEach(line -> err.print(line + "\n"));
        err.flush();
        drawn = lines.size();
    }

    /** Moves to the start of the last drawing and removes it. */
    private void clear() {
        if (drawn > 0) {
            err.print("\u001b[" + drawn + "A\u001b[J");
        }
    }

    private static List<String> parts(CollectionProgress collection) {
        List<String> parts = new ArrayList<>();
        parts.add("  " + Printable.name(collection.collection()));
        percent(collection.bytes(), collection.expected().bytes(), parts);
        parts.add(Texts.size(collection.bytes()));
        parts.add(Texts.count(collection.documents(), "document"));
        return parts;
    }

    private static List<String> total(TransferProgress progress) {
        List<String> parts = new ArrayList<>();
        long ended = progress.collections().stream()
                .filter(collection -> collection.state() == CollectionProgress.State.ENDED)
                .count();
        parts.add(progress.phase() + " " + ended + "/" + progress.collections().size());
        progress.expectedBytes().ifPresent(expected -> percent(progress.bytes(), expected, parts));
        parts.add(Texts.size(progress.bytes()));
        parts.add(Texts.size(progress.bytesPerSecond()) + "/s");
        progress.left().ifPresent(left -> parts.add(Texts.duration(left) + " left"));
        parts.add(Texts.count(progress.documents(), "document"));
        return parts;
    }

    private static void percent(long done, long all, List<String> parts) {
        if (all > 0) {
            parts.add(Math.min(100, done * 100 / all) + " %");
        }
    }

    /** Joins as many parts as fit, and truncates the first one if necessary. */
    private String fitted(List<String> parts) {
        StringBuilder line = new StringBuilder(parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            if (line.length() + 2 + part.length() >= width) {
                break;
            }
            line.append("  ").append(part);
        }
        return line.length() < width ? line.toString() : line.substring(0, width - 2) + "…";
    }

    /** Removes the drawing. */
    @Override
    public synchronized void close() {
        clear();
        drawn = 0;
        err.flush();
    }
}
