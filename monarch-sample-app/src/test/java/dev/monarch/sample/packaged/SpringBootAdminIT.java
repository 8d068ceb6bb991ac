package dev.monarch.sample.packaged;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

import de.codecentric.boot.admin.server.config.EnableAdminServer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server of Spring Boot Admin, at which the packaged application is registered: what it shows of Monarch, and what its proxy
 * passes on.
 */
@MongoTest
class SpringBootAdminIT {

    @Test
    void itShowsTheEndpointTheHealthAndTheInformation(TestMongo mongo, @TempDir Path backups)
            throws IOException, InterruptedException {
        try (Admin admin = Admin.start();
                Kennel kennel = Kennel.startExtracted(
                        "--server.port=0",
                        "--spring.mongodb.uri=" + mongo.uri(),
                        "--monarch.backups.local.directory=" + backups,
                        "--management.endpoints.web.exposure.include=health,info,metrics,monarch",
                        "--management.endpoint.health.show-details=always")) {
            String instance = admin.register(kennel.awaitPort());

            Document shown = await().atMost(Kennel.PATIENCE)
                    .until(
                            () -> admin.get(instance),
                            found -> "UP".equals(found.getEmbedded(List.of("statusInfo", "status"), String.class))
                                    && endpoints(found).contains("monarch")
                                    && found.get("info", Document.class).containsKey("monarch"));
            assertThat(endpoints(shown)).contains("health", "info", "metrics", "monarch");
            assertThat(health(shown.get("statusInfo", Document.class).get("details", Document.class)))
                    .containsEntry("status", "UP")
                    .containsKey("details");
            assertThat(shown.getEmbedded(List.of("info", "monarch"), Document.class))
                    .isEqualTo(Document.parse(kennel.get("/actuator/info")).get("monarch"));

            String own = Document.parse(kennel.get("/actuator/monarch")).getString("environment");
            for (String path : List.of(
                    "",
                    "/migrations",
                    "/migrations/" + own,
                    "/backfills",
                    "/backfills/" + own,
                    "/lock",
                    "/lock/" + own,
                    "/backups",
                    "/backups/local",
                    "/schedules",
                    "/operations")) {
                assertThat(admin.get(instance + "/actuator/monarch" + path))
                        .as(path)
                        .isEqualTo(Document.parse(kennel.get("/actuator/monarch" + path)));
            }
            assertThat(admin.get(instance + "/actuator/metrics/monarch.backups"))
                    .containsEntry("description", "Complete backups in the store");
            assertThat(admin.get(instance + "/actuator/health").toJson()).contains("\"monarch\": {");
        }
    }

    private static List<String> endpoints(Document instance) {
        return instance.getList("endpoints", Document.class).stream()
                .map(endpoint -> endpoint.getString("id"))
                .toList();
    }

    private static Document health(Document components) {
        return components.get("monarch", Document.class);
    }

    /** A server of Spring Boot Admin, which has no other part of the application. */
    private record Admin(ConfigurableApplicationContext context, HttpClient http) implements AutoCloseable {

        static Admin start() {
            return new Admin(
                    SpringApplication.run(
                            AdminServer.class,
                            "--server.port=0",
                            "--spring.config.name=admin",
                            "--monarch.enabled=false"),
                    HttpClient.newHttpClient());
        }

        /** Sends what the client of Spring Boot Admin sends when an application starts, and returns the path of the instance. */
        String register(int port) throws IOException, InterruptedException {
            String application = "http://localhost:" + port;
            Document registration = new Document("name", "kennel")
                    .append("serviceUrl", application)
                    .append("managementUrl", application + "/actuator")
                    .append("healthUrl", application + "/actuator/health");
            HttpResponse<String> response =
                    send(request("/instances").POST(HttpRequest.BodyPublishers.ofString(registration.toJson())), 201);
            return "/instances/" + Document.parse(response.body()).getString("id");
        }

        Document get(String path) throws IOException, InterruptedException {
            return Document.parse(send(request(path).GET(), 200).body());
        }

        private HttpRequest.Builder request(String path) {
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json");
        }

        private HttpResponse<String> send(HttpRequest.Builder request, int status)
                throws IOException, InterruptedException {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return response;
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @TestComponent // Tests of the kennel itself do not scan it.
    @Configuration(proxyBeanMethods = false)
    @EnableAdminServer
    @EnableAutoConfiguration(
            excludeName = {
                "dev.monarch.sample.server.EmbeddedServerAutoConfiguration",
                "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration",
                "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration",
                "org.springframework.boot.data.mongodb.autoconfigure.DataMongoRepositoriesAutoConfiguration"
            })
    static class AdminServer {}
}
