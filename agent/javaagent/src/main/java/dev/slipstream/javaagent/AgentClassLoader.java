package dev.slipstream.javaagent;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of everything in the agent but its entry points.
 *
 * <p>Classes and resources are under {@code inst/} in the agent's jar, classes with the ending
 * {@code .classdata}, so that no scan of the class path meets them. The parent is the platform's
 * loader: the application's libraries cannot be seen from here, nor these from there. Resources
 * have a URL protocol of their own, because a server may have turned {@code jar:} caching off for
 * all.
 *
 * <p>Once closed it holds no file. What still runs of the agent, as an exchange that has not ended
 * yet, may want one more class: the jar is opened for that, if it is the same one still.
 */
final class AgentClassLoader extends ClassLoader implements Closeable {
  private static final String ROOT = "inst/";
  private static final String PROTOCOL = "slipstream";

  static {
    registerAsParallelCapable();
  }

  private final Path file;
  private final FileTime modified;
  private final JarFile jar;
  private final ProtectionDomain domain;
  private volatile boolean closed;

  AgentClassLoader(Path file, ClassLoader parent) throws IOException {
    super("slipstream", parent);
    this.file = file;
    this.modified = Files.getLastModifiedTime(file);
    this.jar = new JarFile(file.toFile(), false);
    CodeSource source = new CodeSource(file.toUri().toURL(), (Certificate[]) null);
    // Without this loader in it: threads that the application makes beneath ours inherit a domain.
    this.domain = new ProtectionDomain(source, null, null, null);
  }

  /** Lets the jar go. Not ours to close under a thread that reads it, which would then fail. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    jar.close();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes;
    try {
      bytes = read(name.replace('.', '/') + ".class");
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    try {
      return read(name) == null ? null : url(name);
    } catch (IOException e) {
      return null;
    }
  }

  /** Ours first, and without a URL. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      byte[] bytes = read(name);
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return Collections.enumeration(url == null ? List.of() : List.of(url));
  }

  private synchronized byte @Nullable [] read(String name) throws IOException {
    if (!closed) {
      return read(jar, name);
    }
    if (!Files.getLastModifiedTime(file).equals(modified)) {
      throw new IOException(file + " is another one by now");
    }
    try (JarFile again = new JarFile(file.toFile(), false)) {
      return read(again, name);
    }
  }

  private static byte @Nullable [] read(JarFile jar, String name) throws IOException {
    JarEntry entry = jar.getJarEntry(ROOT + (name.endsWith(".class") ? name + "data" : name));
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private URL url(String name) {
    try {
      return new URL(PROTOCOL, null, -1, "/" + name, new Handler());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(name, e); // with a handler given no protocol is unknown
    }
  }

  private final class Handler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true;
        }

        @Override
        public InputStream getInputStream() throws IOException {
          byte[] bytes = read(getURL().getPath().substring(1));
          if (bytes == null) {
            throw new FileNotFoundException(getURL().toString());
          }
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
