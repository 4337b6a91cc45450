package dev.slipstream.jaxrs;

import dev.slipstream.engine.admit.Permit;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.container.Suspended;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests whose end may not be seen: of a failure that no mapper takes JAX-RS tells its filters
 * nothing. A thread that begins another request has ended the one before, unless that is
 * asynchronous, in whichever of many ways: so nothing is made of it. Thread-safe.
 */
final class UnseenEnds {
  private static final int MOST = 1_000;

  // Not in the threads themselves, which stay when the agent goes.
  private final Map<Long, Permit> byThread = new ConcurrentHashMap<>();

  /** A permit that is out, and how it is given back. */
  record Watched(Permit permit, Map<Long, Permit> among, long thread) {
    /**
     * The exchange has ended.
     *
     * @param telling whether the time it took tells how long the application takes
     */
    void ended(boolean failed, boolean telling) {
      permit.ended(System.nanoTime(), failed, telling);
      among.remove(thread, permit);
    }

    void release() {
      permit.release();
      among.remove(thread, permit);
    }
  }

  /** Watches a permit of a request that begins on this thread. */
  Watched watch(Permit permit, @Nullable ResourceInfo resource) {
    long thread = Thread.currentThread().getId();
    Permit before = byThread.remove(thread);
    if (before != null) {
      before.release(); // nothing, where its end was seen
    }
    if (permit != Permit.FREE && !isAsynchronous(resource) && byThread.size() < MOST) {
      byThread.put(thread, permit);
    }
    return new Watched(permit, byThread, thread);
  }

  private static boolean isAsynchronous(@Nullable ResourceInfo resource) {
    Method method = resource == null ? null : resource.getResourceMethod();
    if (method == null || CompletionStage.class.isAssignableFrom(method.getReturnType())) {
      return true;
    }
    for (Annotation[] annotations : method.getParameterAnnotations()) {
      for (Annotation annotation : annotations) {
        if (annotation instanceof Suspended) {
          return true;
        }
      }
    }
    return false;
  }
}
