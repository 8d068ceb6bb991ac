package dev.monarch.engine.masking;

/** Makes unique email addresses in a reserved domain, with 80 bits of randomness. */
public final class FakeEmail {

    /** Reserved: <a href="https://www.rfc-editor.org/rfc/rfc2606#section-3">RFC 2606, section 3</a>. */
    private static final String DOMAIN = "@example.com";

    private static final String CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 16;

    private FakeEmail() {}

    public static String of(String address, SeededRandom random) {
        StringBuilder fake = new StringBuilder(LENGTH + DOMAIN.length());
        for (int i = 0; i < LENGTH; i++) {
            fake.append(CHARACTERS.charAt(random.below(CHARACTERS.length())));
        }
        return fake.append(DOMAIN).toString();
    }
}
