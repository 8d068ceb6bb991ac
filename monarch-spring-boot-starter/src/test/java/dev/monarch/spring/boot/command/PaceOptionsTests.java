package dev.monarch.spring.boot.command;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Every verb that moves data has the options for its pace. */
@MongoTest
class PaceOptionsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    backup          | --pace=fast       | is not a pace: use full, gentle, or a maximum rate such as 20MB
                    backup          | --read-from=here  | is not primary, primary-preferred, secondary
                    restore a:b     | --max-rate=0MB    | is not a size, for example 20MB
                    restore a:b     | --workers=0       | is not a number of at least 1
                    restore a:b     | --read-from=x     | There is no option '--read-from'
                    copy-db a:b     | --pace=0          | is not a pace
                    verify-backup a | --pace=-1MB       | is not a pace
                    verify-backup a | --workers=2       | There is no option '--workers'
                    rehearse a      | --read-from=here  | is not primary
                    """)
    void invalidValuesAreExplained(String verb, String option, String words, TestMongo mongo) {
        String[] arguments = (verb + " " + option).split(" ");

        Result result = Commands.on(mongo).run(arguments);

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains(words);
    }
}
