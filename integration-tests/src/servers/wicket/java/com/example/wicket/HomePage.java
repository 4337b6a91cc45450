package com.example.wicket;

import org.apache.wicket.markup.MarkupType;
import org.apache.wicket.markup.html.WebPage;

/** Never shown. */
public class HomePage extends WebPage {
  @Override
  public MarkupType getMarkupType() {
    return MarkupType.HTML_MARKUP_TYPE;
  }
}
