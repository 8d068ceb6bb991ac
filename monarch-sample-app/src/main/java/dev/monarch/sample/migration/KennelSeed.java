package dev.monarch.sample.migration;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.bson.Document;

/** The first data of the kennel: the same in every run. */
final class KennelSeed {

    static final int HOUSES = 300;

    static final int DOGS = 2_000;

    static final int ACCOUNTS = 1_000;

    private static final long SEED = 20261120;

    private static final List<String> COLOURS = List.of("red", "green", "blue", "yellow", "white");

    private static final List<String> NAMES = List.of(
            "Acorn", "Biscuit", "Comet", "Domino", "Echo", "Fudge", "Ginger", "Hazel", "Juniper", "Maple", "Nutmeg",
            "Pepper", "Quill", "Rusty", "Scout", "Truffle");

    private static final List<String> BREEDS =
            List.of("Beagle", "Border Collie", "Boxer", "Dachshund", "Labrador", "Poodle", "Terrier", "Whippet");

    private static final List<String> STREETS = List.of("Bone Lane", "Fetch Road", "Paw Street", "Tail Avenue");

    private static final List<String> CITIES = List.of("Barkham", "Leashford", "Muzzleton", "Waggington");

    private KennelSeed() {}

    static List<Document> houses() {
        Random random = new Random(SEED);
        return list(
                HOUSES,
                i -> new Document("_id", "house-%03d".formatted(i))
                        .append("colour", oneOf(COLOURS, random))
                        .append("places", 4 + random.nextInt(8)));
    }

    static List<Document> dogs() {
        Random random = new Random(SEED + 1);
        return list(
                DOGS,
                i -> new Document("_id", "dog-%04d".formatted(i))
                        .append("name", oneOf(NAMES, random))
                        .append("breed", oneOf(BREEDS, random))
                        .append("kg", 3 + random.nextInt(40))
                        .append("house", "house-%03d".formatted(1 + random.nextInt(HOUSES))));
    }

    static List<Document> accounts() {
        Random random = new Random(SEED + 2);
        return list(
                ACCOUNTS,
                i -> new Document("_id", "account-%04d".formatted(i))
                        .append("email", "account-%04d@kennel.example".formatted(i))
                        .append("street", oneOf(STREETS, random) + " " + (1 + random.nextInt(99)))
                        .append("city", oneOf(CITIES, random)));
    }

    private static List<Document> list(int size, IntFunction<Document> document) {
        return IntStream.rangeClosed(1, size).mapToObj(document).toList();
    }

    private static String oneOf(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
