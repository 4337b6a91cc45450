package com.example.gateway;

import static com.example.gateway.Scenario.stored;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Answers through {@code getWriter()}. */
final class WriterScenarios {
  private WriterScenarios() {}

  static List<Scenario> all() {
    return List.of(
        stored(
            "print",
            (request, response) -> {
              response.setContentType("text/plain");
              PrintWriter writer = response.getWriter();
              writer.print(Text.PLAIN);
              writer.print(true);
              writer.print('c');
              writer.print(42);
              writer.print(4_200_000_000L);
              writer.print(1.5f);
              writer.print(2.25d);
              writer.print((Object) null);
            }),
        stored(
            "println",
            (request, response) -> {
              response.setContentType("text/plain; charset=UTF-8");
              PrintWriter writer = response.getWriter();
              writer.println(Text.ACCENTED);
              writer.println();
              writer.println(7);
              writer.println(new char[] {'a', 'b'});
              writer.println((Object) "object");
            }),
        stored(
            "printf",
            (request, response) -> {
              response.setContentType("text/html;charset=utf-8");
              PrintWriter writer = response.getWriter();
              writer.printf(Locale.GERMANY, "%,.2f €%n", 1234.5);
              writer.format(Locale.ROOT, "%05d", 42);
            }),
        stored(
            "char-array",
            (request, response) -> {
              response.setContentType("text/plain; charset=UTF-8");
              char[] characters = Text.ACCENTED.toCharArray();
              PrintWriter writer = response.getWriter();
              writer.write(characters);
              writer.write(characters, 3, 9);
              writer.write(Text.ACCENTED, 2, 5);
              writer.write('x');
              writer.append("appended").append('y').append("0123456", 2, 4);
            }),
        stored(
            "surrogates",
            (request, response) -> {
              response.setContentType("text/plain; charset=UTF-8");
              PrintWriter writer = response.getWriter();
              writer.write(0xD83D);
              writer.write(0xDE00);
              writer.print("𝄞");
            }),
        stored(
            "charset-utf16",
            (request, response) -> {
              response.setCharacterEncoding("UTF-16BE");
              response.setContentType("text/plain");
              response.getWriter().print(Text.ACCENTED);
            }),
        stored(
            "charset-windows",
            (request, response) -> {
              response.setContentType("text/plain; charset=windows-1252");
              response.getWriter().print(Text.ACCENTED);
            }),
        stored(
            "charset-unmappable",
            (request, response) -> {
              response.setContentType("text/plain; charset=ISO-8859-1");
              response.getWriter().print("price: 5 € 漢字\n");
            }),
        stored(
            "charset-default",
            (request, response) -> {
              response.setContentType("text/plain");
              response.getWriter().print(Text.ACCENTED);
            }),
        stored("charset-untyped", (request, response) -> response.getWriter().print("no type")),
        stored(
            "charset-too-late",
            (request, response) -> {
              response.setContentType("text/plain; charset=ISO-8859-15");
              PrintWriter writer = response.getWriter();
              response.setCharacterEncoding("UTF-8");
              response.setContentType("text/html; charset=UTF-8");
              writer.print(Text.ACCENTED);
            }),
        stored(
            "locale",
            (request, response) -> {
              response.setContentType("text/plain");
              response.setLocale(Locale.GERMANY);
              response.getWriter().print(Text.ACCENTED);
            }),
        stored(
            "writer-flush",
            (request, response) -> {
              response.setContentType("text/plain; charset=UTF-8");
              PrintWriter writer = response.getWriter();
              writer.print(Text.ACCENTED);
              writer.flush();
              writer.print(Text.PLAIN);
            }),
        stored(
            "writer-close",
            (request, response) -> {
              response.setContentType("text/plain; charset=UTF-8");
              try (PrintWriter writer = response.getWriter()) {
                writer.print(Text.ACCENTED);
              }
            }),
        stored(
            "writer-large",
            (request, response) -> {
              response.setContentType("text/plain; charset=UTF-8");
              PrintWriter writer = response.getWriter();
              Text.large().lines().forEach(writer::println);
              if (writer.checkError()) {
                throw new IllegalStateException("the client left");
              }
            }));
  }
}
