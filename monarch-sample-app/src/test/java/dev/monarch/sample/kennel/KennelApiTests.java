package dev.monarch.sample.kennel;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import dev.monarch.sample.KennelApplication;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

/** The kennel's HTTP API, on the data that its migrations created. */
@MongoTest
@SpringBootTest(classes = KennelApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
class KennelApiTests {

    /** Each test has its own database, whose name is known before the application starts. */
    private static String uri = "";

    @LocalServerPort
    private int port;

    private RestTestClient kennel = RestTestClient.bindToServer().build();

    KennelApiTests(TestMongo mongo) {
        uri = mongo.uri();
    }

    @DynamicPropertySource
    static void connect(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", () -> uri);
    }

    @BeforeEach
    void findTheKennel() {
        kennel = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build();
    }

    @Test
    void dogsAreServedInPagesOrderedById() {
        expectJson("/dogs", """
                        {"page": 0, "pages": 100, "total": 2000}""");
        kennel.get()
                .uri("/dogs?page=19&size=100")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.dogs.length()")
                .isEqualTo(100)
                .jsonPath("$.dogs[0].id")
                .isEqualTo("dog-1901")
                .jsonPath("$.dogs[99].id")
                .isEqualTo("dog-2000")
                .jsonPath("$.pages")
                .isEqualTo(20);
        expectJson("/dogs?page=10000&size=100", """
                        {"dogs": [], "page": 10000, "pages": 20, "total": 2000}""");
    }

    @Test
    void aDogHasTheFieldsThatTheMigrationsGaveIt() {
        expectJson("/dogs/dog-0007", """
                        {"id": "dog-0007", "name": "Quill", "breed": "Boxer", "weightInKg": 37, "house": "house-019"}""");
        expectJson("/dogs?page=6&size=1", """
                        {"dogs": [{"id": "dog-0007", "name": "Quill", "weightInKg": 37}]}""");
    }

    @Test
    void aDogIsReplacedUnlessItHasChangedSince() {
        String heavier = """
                {"id": "dog-0100", "name": "Rex", "breed": "Boxer", "weightInKg": 50, "house": "house-001"}""";
        put("/dogs/dog-0100", heavier).expectStatus().isOk().expectBody().json("""
                        {"name": "Rex", "weightInKg": 50, "revision": 1}""");
        put("/dogs/dog-0100", heavier).expectStatus().isEqualTo(HttpStatus.CONFLICT);
        kennel.post().uri("/dogs/dog-0100/meals").exchange().expectStatus().isOk();
        expectJson("/dogs/dog-0100", """
                        {"name": "Rex", "weightInKg": 51, "revision": 2}""");
        put("/dogs/dog-0101", heavier).expectStatus().isBadRequest();
        kennel.post().uri("/dogs/dog-9999/meals").exchange().expectStatus().isNotFound();
    }

    private RestTestClient.ResponseSpec put(String path, String json) {
        return kennel.put()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .exchange();
    }

    @Test
    void anAccountHasAnAddress() {
        expectJson("/accounts/account-0042", """
                        {"id": "account-0042", "email": "account-0042@kennel.example",
                         "address": {"street": "Fetch Road 4", "city": "Leashford"}}""");
    }

    @Test
    void allHousesAreServedOrderedById() {
        kennel.get()
                .uri("/dog-houses")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(300)
                .jsonPath("$[0].id")
                .isEqualTo("house-001")
                .jsonPath("$[299].id")
                .isEqualTo("house-300")
                .jsonPath("$[0].places")
                .isEqualTo(11);
    }

    @Test
    void aMissingResourceIsAProblemDetail() {
        expectNotFound("/dogs/dog-9999", "There is no dog 'dog-9999'.");
        expectNotFound("/accounts/nobody", "There is no account 'nobody'.");
        expectNotFound("/cats", "No static resource cats.");
    }

    @Test
    void pageParametersAreBounded() {
        for (String query :
                List.of("page=-1", "page=10001", "size=0", "size=101", "size=-5", "page=x", "size=9999999999")) {
            expectProblem("/dogs?" + query, HttpStatus.BAD_REQUEST);
        }
    }

    private void expectJson(String path, String json) {
        kennel.get().uri(path).exchange().expectStatus().isOk().expectBody().json(json);
    }

    private void expectNotFound(String path, String detail) {
        expectProblem(path, HttpStatus.NOT_FOUND).jsonPath("$.detail").isEqualTo(detail);
    }

    private RestTestClient.BodyContentSpec expectProblem(String path, HttpStatus status) {
        return kennel.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status.value());
    }
}
