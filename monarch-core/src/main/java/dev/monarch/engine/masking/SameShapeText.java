package dev.monarch.engine.masking;

/** Replaces the characters of strings, but keeps their length and shape. */
public final class SameShapeText {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private SameShapeText() {}

    /** Replaces letters, digits and all other characters that are neither spaces nor punctuation. */
    public static String text(String text, SeededRandom random) {
        StringBuilder other = new StringBuilder(text.length());
        text.codePoints().forEachOrdered(character -> other.appendCodePoint(replace(character, random)));
        return other.toString();
    }

    /** Replaces digits, but keeps leading zeros, which are a prefix. The first other digit does not become zero. */
    public static String phone(String text, SeededRandom random) {
        StringBuilder number = new StringBuilder(text.length());
        boolean begun = false;
        for (int character : text.codePoints().toArray()) {
            if (!Character.isDigit(character)) {
                number.appendCodePoint(replace(character, random));
            } else if (!begun && character == '0') {
                number.append('0');
            } else {
                number.append(begun ? random.below(10) : 1 + random.below(9));
                begun = true;
            }
        }
        return number.toString();
    }

    /** Keeps the case of letters; symbols and unknown characters become small letters. */
    private static int replace(int character, SeededRandom random) {
        if (stays(character)) {
            return character;
        }
        if (Character.isDigit(character)) {
            return '0' + random.below(10);
        }
        char letter = LETTERS.charAt(random.below(LETTERS.length()));
        boolean capital = Character.isUpperCase(character) || Character.isTitleCase(character);
        return capital ? Character.toUpperCase(letter) : letter;
    }

    private static boolean stays(int character) {
        return character < 0x80
                ? !Character.isLetterOrDigit(character)
                : Character.isWhitespace(character) || isSpaceOrPunctuation(Character.getType(character));
    }

    private static boolean isSpaceOrPunctuation(int category) {
        return switch (category) {
            case Character.SPACE_SEPARATOR,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
