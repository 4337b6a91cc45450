package com.example.zuul;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.netflix.zuul.EnableZuulProxy;

/** A gateway whose routes are given on its command line. */
@SpringBootApplication
@EnableZuulProxy
public class ZuulApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(ZuulApplication.class, arguments);
  }
}
