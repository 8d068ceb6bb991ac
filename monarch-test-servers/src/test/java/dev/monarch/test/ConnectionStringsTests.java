package dev.monarch.test;

import com.mongodb.ConnectionString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionStringsTests {

    @ParameterizedTest
    @CsvSource({
        "mongodb://h, mongodb://h/db",
        "mongodb://h/, mongodb://h/db",
        "mongodb://h:1/old, mongodb://h:1/db",
        "mongodb://h:1/?replicaSet=rs, mongodb://h:1/db?replicaSet=rs",
        "'mongodb://a:1,b:2/old?replicaSet=rs', 'mongodb://a:1,b:2/db?replicaSet=rs'",
        "mongodb://u:p@h/?authSource=users, mongodb://u:p@h/db?authSource=users",
        "mongodb://u:p@h, mongodb://u:p@h/db?authSource=admin",
        "mongodb://u:p@h/old?w=1, mongodb://u:p@h/db?w=1&authSource=old",
        "mongodb://u:p%2Fq@h/old, mongodb://u:p%2Fq@h/db?authSource=old",
    })
    void theDatabaseIsReplacedAndTheUserStays(String uri, String expected) {
        String replaced = ConnectionStrings.withDatabase(uri, "db");
        assertThat(replaced).isEqualTo(expected);
        assertThat(new ConnectionString(replaced).getDatabase()).isEqualTo("db");
        assertThat(new ConnectionString(replaced).getCredential()).isEqualTo(new ConnectionString(uri).getCredential());
    }
}
