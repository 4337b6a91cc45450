package com.example.undertow;

import com.example.servers.AnsweringFilter;
import com.example.servers.AsyncServlet;
import com.example.servers.PlainServlet;
import com.example.servers.WholeServlet;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import jakarta.servlet.DispatcherType;

/** The pages on Undertow. */
public final class UndertowMain {
  private UndertowMain() {}

  public static void main(String[] arguments) throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(UndertowMain.class.getClassLoader())
            .setContextPath("/app")
            .setDeploymentName("app")
            .addServlets(
                Servlets.servlet("plain", PlainServlet.class).addMapping("/plain/*"),
                Servlets.servlet("whole", WholeServlet.class).addMapping("/whole/*"),
                Servlets.servlet("async", AsyncServlet.class)
                    .addMapping("/async/*")
                    .setAsyncSupported(true))
            .addFilter(
                Servlets.filter("answering", AnsweringFilter.class).setAsyncSupported(true))
            .addFilterUrlMapping("answering", "/*", DispatcherType.REQUEST);
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
    manager.deploy();
    Undertow.builder()
        .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1")
        .setHandler(new PathHandler().addPrefixPath("/app", manager.start()))
        .build()
        .start();
  }
}
