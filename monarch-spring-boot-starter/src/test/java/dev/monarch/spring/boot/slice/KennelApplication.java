package dev.monarch.spring.boot.slice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application of a user's test slice. */
@SpringBootApplication
class KennelApplication {}
