package dev.slipstream.jaxrs;

import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.RequestView;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the cache sees it once a resource was matched. It is a copy: an answer may come on
 * another thread, after the implementation has taken its request back.
 *
 * <p>There is no session here, and no client certificate that JAX-RS tells of: who is asking is the
 * principal of the security context, as the application's own filters have set it, and what the
 * credential fields say.
 */
final class ResourceRequestView implements RequestView {
  private final String method;
  private final URI uri;
  private final Fields fields;
  private final @Nullable String principal;
  private final @Nullable String bodyHash;
  private final String place;

  private ResourceRequestView(
      String method,
      URI uri,
      Fields fields,
      @Nullable String principal,
      @Nullable String bodyHash,
      String place) {
    this.place = place;
    this.method = method;
    this.uri = uri;
    this.fields = fields;
    this.principal = principal;
    this.bodyHash = bodyHash;
  }

  /** A request that came without a servlet. */
  static ResourceRequestView of(ContainerRequestContext request) {
    return of(request, "");
  }

  /**
   * A request.
   *
   * @param place see {@link RequestView#place()}
   */
  static ResourceRequestView of(ContainerRequestContext request, String place) {
    Fields.Builder fields = Fields.builder();
    request.getHeaders().forEach((name, values) -> values.forEach(one -> fields.add(name, one)));
    SecurityContext security = request.getSecurityContext();
    Principal principal = security == null ? null : security.getUserPrincipal();
    return new ResourceRequestView(
        request.getMethod(),
        request.getUriInfo().getRequestUri(),
        fields.build(),
        principal == null ? null : String.valueOf(principal.getName()),
        null,
        place);
  }

  /** The same with a body that is part of the key. */
  ResourceRequestView withBody(String hash) {
    return new ResourceRequestView(method, uri, fields, principal, hash, place);
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String scheme() {
    return uri.getScheme() == null ? "http" : uri.getScheme();
  }

  @Override
  public String serverName() {
    String host = authority().getHost();
    return host == null ? "localhost" : host;
  }

  /** The Host field's: some implementations leave it out of the URI, or put their own there. */
  private URI authority() {
    String sent = fields.first("Host");
    try {
      return sent == null ? uri : new URI(scheme() + "://" + sent);
    } catch (URISyntaxException e) {
      return uri;
    }
  }

  @Override
  public int serverPort() {
    int port = authority().getPort();
    if (port >= 0) {
      return port;
    }
    return scheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  @Override
  public String path() {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  @Override
  public @Nullable String query() {
    return uri.getRawQuery();
  }

  @Override
  public @Nullable String bodyHash() {
    return bodyHash;
  }

  @Override
  public @Nullable String field(String name) {
    return fields.first(name);
  }

  @Override
  public List<String> all(String name) {
    return fields.all(name);
  }

  @Override
  public Fields fields() {
    return fields;
  }

  @Override
  public @Nullable String sessionId() {
    return null;
  }

  @Override
  public @Nullable String principal() {
    return principal;
  }

  @Override
  public @Nullable String clientCertificate() {
    return null;
  }
}
