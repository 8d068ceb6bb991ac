package dev.monarch.test;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;

/**
 * The memory backend of mongo-java-server, which knows {@code isMaster} but not its newer name {@code hello} that
 * Spring Boot's health indicator sends. Nothing else is added: what the embedded server cannot do, a test must not
 * believe it can.
 */
final class HelloBackend extends MemoryBackend {

    @Override
    public Document handleCommand(Channel channel, String databaseName, String command, Document query) {
        if (!command.equalsIgnoreCase("hello")) {
            return super.handleCommand(channel, databaseName, command, query);
        }
        Document answer = super.handleCommand(channel, databaseName, "isMaster", query);
        answer.put("isWritablePrimary", answer.remove("ismaster"));
        return answer;
    }
}
