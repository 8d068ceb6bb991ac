package dev.monarch.spring.boot.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A documentation page of the repository.
 *
 * @param name its path from the root of the repository
 * @param text its content
 */
record Page(String name, String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\S*)\n(.*?)^ *```$");

    private static final Path ROOT = Path.of("..");

    /**
     * A block of code.
     *
     * @param page its page
     * @param line its first line
     * @param language the language after its fence, or empty
     * @param code its content
     */
    record Block(String page, long line, String language, String code) {

        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    static List<Page> all() throws IOException {
        List<Path> files = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(ROOT::relativize)
                    .forEach(files::add);
        }
        List<Page> pages = new ArrayList<>();
        for (Path file : files) {
            pages.add(new Page(file.toString(), Files.readString(ROOT.resolve(file))));
        }
        return pages;
    }

    static Stream<Block> blocks() throws IOException {
        return all().stream().flatMap(Page::blocksOfPage);
    }

    static Stream<Block> blocks(String language) throws IOException {
        return blocks().filter(block -> block.language().equals(language));
    }

    private Stream<Block> blocksOfPage() {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Block(
                        name, text.substring(0, block.start()).lines().count() + 1, block.group(1), block.group(2)));
    }
}
