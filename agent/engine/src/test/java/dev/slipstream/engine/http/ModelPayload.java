package dev.slipstream.engine.http;

import dev.slipstream.engine.http.CacheModel.Occasion;
import dev.slipstream.engine.http.CacheModel.Statement;
import dev.slipstream.engine.http.ModelOrigin.Representation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Is what goes to the client the right part of the right bytes, or a 304 that is due to it? */
final class ModelPayload {
  private ModelPayload() {}

  /** Throws where it is not; returns what it was, if not the whole. */
  static ModelGateway.@Nullable Event check(
      ModelRequest request,
      Decision.Serve serve,
      Representation of,
      Statement said,
      Occasion occasion) {
    Payload payload = Payload.of(serve);
    String what = payload.status() + " of " + of + " for " + request.sent() + said;
    require(
        occasion == Occasion.CONFIRMED || !payload.fields().contains("Set-Cookie"), payload, what);
    String etag = serve.response().fields().first("ETag");
    require(of.etag() == null ? etag == null : of.etag().equals(etag), payload, what);
    if (payload.status() == 304) {
      require(payload.body() == null && hasIt(request, of, said), payload, what);
      return ModelGateway.Event.NOT_MODIFIED;
    }
    byte[] body = payload.body();
    int[] range = request.range();
    if (payload.status() == 416) {
      require(range != null && range[0] >= of.body().length, payload, what);
      return ModelGateway.Event.BEYOND;
    }
    if (payload.status() != 206) {
      require(Arrays.equals(of.body(), body), payload, what);
      return null;
    }
    String ifRange = request.sent().field("If-Range");
    require(range != null && (ifRange == null || ifRange.equals(of.etag())), payload, what);
    int first = range == null ? 0 : range[0];
    int last = Math.min(of.body().length - 1, range == null ? 0 : range[1]);
    String told = "bytes " + first + "-" + last + "/" + of.body().length;
    require(told.equals(payload.fields().first("Content-Range")), payload, what);
    require(Arrays.equals(Arrays.copyOfRange(of.body(), first, last + 1), body), payload, what);
    return ModelGateway.Event.PART;
  }

  /** Whether the client has named the body's validator. */
  private static boolean hasIt(ModelRequest request, Representation of, Statement said) {
    String tags = request.sent().field("If-None-Match");
    if (tags != null) {
      return of.etag() != null && tags.contains('"' + of.id() + '"');
    }
    String since = request.sent().field("If-Modified-Since");
    long modified = of.modifiedMillis() > 0 ? of.modifiedMillis() : said.dateMillis;
    return since != null && modified <= HttpDate.parse(since, 0);
  }

  private static void require(boolean condition, Payload payload, String what) {
    if (!condition) {
      byte[] body = payload.body();
      throw new AssertionError(
          what + '\n' + payload.fields() + (body == null ? "none" : Arrays.toString(body)));
    }
  }
}
