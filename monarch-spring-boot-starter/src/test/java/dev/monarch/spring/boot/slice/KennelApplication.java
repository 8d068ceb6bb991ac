package dev.monarch.spring.boot.slice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** What a user's test slice starts from. */
@SpringBootApplication
class KennelApplication {}
