package com.example.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Compresses what is written. */
@Compressed
@Priority(Priorities.ENTITY_CODER)
public final class GzipInterceptor implements WriterInterceptor {
  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    context.getHeaders().remove("Content-Length");
    context.getHeaders().putSingle("Content-Encoding", "gzip");
    GZIPOutputStream gzip = new GZIPOutputStream(context.getOutputStream());
    context.setOutputStream(gzip);
    context.proceed();
    gzip.finish();
  }
}
