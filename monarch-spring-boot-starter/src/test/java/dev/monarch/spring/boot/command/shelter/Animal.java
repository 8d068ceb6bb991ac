package dev.monarch.spring.boot.command.shelter;

import org.springframework.data.mongodb.core.mapping.Document;

@Document("animals")
record Animal(String id, String name) {}
