package dev.monarch.spring.boot.command;

import com.mongodb.ConnectionString;
import org.junit.jupiter.api.Test;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The connection string asks for a compression, but the application lacks the library for it. */
@MongoTest
class CompressorTests {

    @Test
    void aCommandNamesTheDependency(TestMongo mongo) {
        String address = new ConnectionString(mongo.uri()).getHosts().get(0);
        Commands.Result result = Commands.on(mongo)
                .with("--monarch.environments.packed.uri=mongodb://" + address
                        + "/kennel?directConnection=true&compressors=snappy")
                .run("status", "packed");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("Cannot talk to environment 'packed' (")
                .endsWith(
                        "): the connection string asks for the compression snappy, and the application lacks the library for it."
                                + " Add the dependency org.xerial.snappy:snappy-java to the application, or remove snappy from"
                                + " 'compressors' of the connection string. -v shows what was tried.\n");
    }
}
