package com.example.wicket;

import com.example.servers.Serving;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.wicket.Page;
import org.apache.wicket.protocol.http.WebApplication;
import org.apache.wicket.request.resource.SharedResourceReference;

/** The pages as a resource. */
public class PagesApplication extends WebApplication {
  @Override
  public Class<? extends Page> getHomePage() {
    return HomePage.class;
  }

  @Override
  protected void init() {
    super.init();
    getSharedResources()
        .add(
            "pages",
            attributes -> {
              try {
                Serving.answer(
                    (HttpServletRequest) attributes.getRequest().getContainerRequest(),
                    (HttpServletResponse) attributes.getResponse().getContainerResponse());
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    mountResource("/pages/${name}", new SharedResourceReference("pages"));
  }
}
