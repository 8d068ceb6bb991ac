package dev.monarch.engine.masking;

/** Makes names from 64 given names and 64 family names. */
public final class FakeNames {

    private static final String[] GIVEN = {
        "Ada", "Adam", "Aiko", "Alba", "Amir", "Anna", "Arif", "Aya", "Bela", "Ben", "Carla", "Chen", "Clara", "Dana",
        "David", "Dina", "Elif", "Elena", "Emil", "Emma", "Erik", "Eva", "Farah", "Felix", "Finn", "Greta", "Hana",
        "Hugo", "Ida", "Igor", "Ines", "Ivan", "Jana", "Jonas", "Julia", "Kemal", "Kofi", "Lara", "Lea", "Leon", "Lin",
        "Luca", "Maria", "Marta", "Max", "Mei", "Mila", "Nadia", "Nina", "Noah", "Nora", "Olga", "Omar", "Oskar",
        "Paul", "Petra", "Rafael", "Rosa", "Samir", "Sara", "Theo", "Vera", "Yuki", "Zoe"
    };

    private static final String[] FAMILY = {
        "Abbott",
        "Adeyemi",
        "Almeida",
        "Andersen",
        "Bakker",
        "Barros",
        "Becker",
        "Bergman",
        "Castro",
        "Chandra",
        "Costa",
        "Dahl",
        "Demir",
        "Dubois",
        "Eriksen",
        "Fischer",
        "Fontana",
        "Garcia",
        "Gruber",
        "Haddad",
        "Hansen",
        "Horvat",
        "Ito",
        "Ivanov",
        "Jansen",
        "Johansson",
        "Kaya",
        "Keller",
        "Kim",
        "Kovacs",
        "Kowalski",
        "Larsen",
        "Lehmann",
        "Lopez",
        "Marino",
        "Martin",
        "Mensah",
        "Meyer",
        "Moreau",
        "Mori",
        "Nakamura",
        "Nguyen",
        "Novak",
        "Okafor",
        "Olsen",
        "Patel",
        "Petrov",
        "Popescu",
        "Ramos",
        "Ricci",
        "Rossi",
        "Santos",
        "Sato",
        "Schmid",
        "Silva",
        "Singh",
        "Tanaka",
        "Torres",
        "Vargas",
        "Virtanen",
        "Wagner",
        "Walsh",
        "Yilmaz",
        "Zhang"
    };

    private FakeNames() {}

    public static String given(String name, SeededRandom random) {
        return random.of(GIVEN);
    }

    public static String family(String name, SeededRandom random) {
        return random.of(FAMILY);
    }

    public static String full(String name, SeededRandom random) {
        return random.of(GIVEN) + ' ' + random.of(FAMILY);
    }
}
