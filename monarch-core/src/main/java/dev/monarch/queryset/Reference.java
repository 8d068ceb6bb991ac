package dev.monarch.queryset;

/** From documents that are taken to documents that therefore are: by a value that is in both. */
record Reference(String from, QueriedField fromField, String to, QueriedField toField) {}
