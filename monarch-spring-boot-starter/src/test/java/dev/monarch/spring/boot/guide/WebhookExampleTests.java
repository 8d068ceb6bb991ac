package dev.monarch.spring.boot.guide;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

import com.sun.net.httpserver.HttpServer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

import dev.monarch.spring.boot.guide.Page.Block;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The example of docs/monitoring.md: a failed nightly backup sends a webhook. */
@MongoTest
class WebhookExampleTests {

    private static final String EXAMPLE = "BackupAlarm";

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @Test
    void aFailedBackupOfAScheduleSendsIt(TestMongo mongo, @TempDir Path folder) throws Exception {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        Path store = Files.writeString(folder.resolve("store"), "a file and no directory");
        HttpServer chat = chat();
        try (URLClassLoader classes = compiled(folder);
                var context = new SpringApplicationBuilder(
                                Application.class, classes.loadClass("com.example." + EXAMPLE))
                        .web(WebApplicationType.NONE)
                        .run(
                                "--spring.mongodb.uri=" + mongo.uri(),
                                "--backup-alarm.webhook=http://localhost:"
                                        + chat.getAddress().getPort() + "/",
                                "--monarch.backups.local.directory=" + store,
                                "--monarch.backups.schedules[0].name=nightly",
                                "--monarch.backups.schedules[0].cron=* * * * * *")) {
            String message = received.poll(60, TimeUnit.SECONDS);

            assertThat(context.isRunning()).isTrue();
            assertThat(message)
                    .startsWith("{\"text\":\"Schedule 'nightly: * * * * * * UTC' failed. ")
                    .contains(store.toString());
        } finally {
            chat.stop(0);
        }
    }

    private HttpServer chat() throws IOException {
        HttpServer chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        chat.start();
        return chat;
    }

    private static URLClassLoader compiled(Path folder) throws IOException {
        String code = Page.blocks("java")
                .map(Block::code)
                .filter(block -> block.contains("class " + EXAMPLE))
                .findFirst()
                .orElseThrow();
        Path source = Files.writeString(folder.resolve(EXAMPLE + ".java"), code);
        List<String> options = List.of(
                "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new)))
                .isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, WebhookExampleTests.class.getClassLoader());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
