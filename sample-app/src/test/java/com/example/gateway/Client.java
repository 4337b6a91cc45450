package com.example.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.UnaryOperator;

/** A client of one server, for tests. */
record Client(HttpClient http, URI server) {

  static Client of(URI server) {
    return new Client(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), server);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(path, request -> request);
  }

  HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> change)
      throws IOException, InterruptedException {
    var request = change.apply(HttpRequest.newBuilder(server.resolve(path))).build();
    return http.send(request, BodyHandlers.ofString());
  }
}
