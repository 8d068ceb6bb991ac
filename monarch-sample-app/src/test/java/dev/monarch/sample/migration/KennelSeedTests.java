package dev.monarch.sample.migration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KennelSeedTests {

    @Test
    void theSeedIsAlwaysTheSame() throws Exception {
        assertThat(KennelSeed.houses()).hasSize(300).isEqualTo(KennelSeed.houses());
        assertThat(KennelSeed.dogs()).hasSize(2_000).isEqualTo(KennelSeed.dogs());
        assertThat(KennelSeed.accounts()).hasSize(1_000).isEqualTo(KennelSeed.accounts());

        // A changed seed would contradict the data of an interrupted run.
        assertThat(digest(KennelSeed.houses())).isEqualTo("6f5e5e0b45ffe739");
        assertThat(digest(KennelSeed.dogs())).isEqualTo("e5e2713e0f408bee");
        assertThat(digest(KennelSeed.accounts())).isEqualTo("d0e7063cdbae25f2");
    }

    @Test
    void idsAndEmailsAreUniqueAndEveryDogHasAHouse() {
        assertThat(KennelSeed.dogs()).extracting(dog -> dog.get("_id")).doesNotHaveDuplicates();
        assertThat(KennelSeed.accounts())
                .extracting(account -> account.getString("email"))
                .doesNotHaveDuplicates()
                .allMatch(email -> email.matches("account-\\d{4}@kennel\\.example"));
        assertThat(KennelSeed.houses())
                .extracting(house -> house.get("_id"))
                .doesNotHaveDuplicates()
                .containsAll(KennelSeed.dogs().stream()
                        .map(dog -> dog.get("house"))
                        .distinct()
                        .toList());
    }

    private static String digest(List<Document> documents) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Document document : documents) {
            digest.update(document.toJson().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
