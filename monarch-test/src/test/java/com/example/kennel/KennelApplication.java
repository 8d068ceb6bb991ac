package com.example.kennel;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application whose migrations are tested. */
@SpringBootApplication
class KennelApplication {}
