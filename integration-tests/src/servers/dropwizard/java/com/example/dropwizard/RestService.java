package com.example.dropwizard;

import com.example.resources.ProblemMapper;
import com.example.resources.RestResource;
import DROPWIZARD.Application;
import DROPWIZARD.Configuration;
import DROPWIZARD.setup.Environment;

/** The JAX-RS resource of the other servers as a Dropwizard service. */
public class RestService extends Application<Configuration> {
  public static void main(String[] arguments) throws Exception {
    new RestService().run(arguments);
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    environment.jersey().register(RestResource.class);
    environment.jersey().register(ProblemMapper.class);
  }
}
