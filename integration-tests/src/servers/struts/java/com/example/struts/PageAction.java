package com.example.struts;

import com.example.servers.Serving;
import org.apache.struts2.ServletActionContext;

/** Writes the pages itself and has no result. */
public class PageAction {
  public String execute() throws Exception {
    Serving.answer(ServletActionContext.getRequest(), ServletActionContext.getResponse());
    return null;
  }
}
