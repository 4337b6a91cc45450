package com.example.boot;

import com.example.servers.Asked;
import com.example.servers.Page;
import com.example.servers.Pages;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The pages by Spring MVC, and its own ways to answer. */
@RestController
public class Controller {
  private final Pages pages = new Pages();
  private final AtomicInteger runs = new AtomicInteger();

  @RequestMapping("/mvc/{name}")
  public ResponseEntity<byte[]> page(HttpServletRequest request) throws IOException {
    Page page = pages.answer(new AskedOfController(request));
    ResponseEntity.BodyBuilder builder = ResponseEntity.status(page.status());
    page.fields().forEach(builder::header);
    return page.body().length == 0 ? builder.build() : builder.body(page.body());
  }

  @GetMapping("/mvc/called/{id}")
  public Callable<ResponseEntity<String>> called(@PathVariable("id") String id) {
    return () -> minute().body("called " + id + " for the " + runs.incrementAndGet() + ". time");
  }

  @GetMapping("/mvc/streamed/{id}")
  public ResponseEntity<StreamingResponseBody> streamed(@PathVariable("id") String id) {
    int run = runs.incrementAndGet();
    return minute().body(out -> out.write(("streamed " + id + " " + run).getBytes("UTF-8")));
  }

  private static ResponseEntity.BodyBuilder minute() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(60, java.util.concurrent.TimeUnit.SECONDS));
  }

  private static final class AskedOfController implements Asked {
    private final HttpServletRequest request;

    AskedOfController(HttpServletRequest request) {
      this.request = request;
    }

    @Override
    public String method() {
      return request.getMethod();
    }

    @Override
    public String path() {
      return request.getRequestURI();
    }

    @Override
    public String query() {
      return request.getQueryString();
    }

    @Override
    public String field(String name) {
      return request.getHeader(name);
    }

    @Override
    public byte[] content() throws IOException {
      return request.getInputStream().readAllBytes();
    }
  }
}
