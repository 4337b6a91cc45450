package dev.slipstream.engine.management;

import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Sends the notifications of one bean, each listener being called on a lane of its own, and their
 * filters on one of the bean's. Thread-safe.
 */
final class Emitter extends NotificationBroadcasterSupport {
  private final Lanes lanes;
  private final ObjectName source;
  private final AtomicLong sequence = new AtomicLong();

  /**
   * Makes one for a bean.
   *
   * @param sent the types of notifications that it sends; one for all, since some clients know them
   *     by their class
   */
  Emitter(Lanes lanes, ObjectName source, MBeanNotificationInfo sent) {
    super(sent);
    this.lanes = lanes;
    this.source = source;
  }

  /**
   * Sends a notification; returns at once.
   *
   * @param type one of those that the bean has said it sends
   * @param millis when it happened, in milliseconds since 1970
   * @param userData what goes with it, in types of the JDK; null for nothing
   */
  void send(String type, long millis, String message, @Nullable Object userData) {
    Notification notification =
        new Notification(type, source, sequence.incrementAndGet(), millis, message);
    notification.setUserData(userData);
    lanes.run(this, () -> sendNotification(notification));
  }

  @Override
  protected void handleNotification(
      NotificationListener listener, Notification notification, @Nullable Object handback) {
    lanes.run(listener, () -> listener.handleNotification(notification, handback));
  }
}
