package dev.slipstream.attach;

import dev.slipstream.engine.AgentThreads;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * How long another process is waited for: one that hangs would be waited for without end.
 *
 * @param longest from the beginning of {@link #run}
 * @param who does not answer if that is over
 */
record Deadline(Duration longest, String who) {
  static Deadline of(Duration longest, String who) {
    return new Deadline(longest, who);
  }

  /** Something that asks another process. */
  interface Query<T> {
    T run() throws AttachException;
  }

  /** Starts asking. The thread is left behind if there is no answer. */
  <T> FutureTask<T> begin(Query<T> query) {
    FutureTask<T> task = new FutureTask<>(query::run);
    AgentThreads.make("attach", task).start();
    return task;
  }

  <T> T run(Query<T> query) throws AttachException {
    return await(begin(query));
  }

  /** The answer to what was begun. */
  <T> T await(FutureTask<T> task) throws AttachException {
    try {
      return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AttachException(who + " does not answer within " + longest.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AttachException("interrupted while waiting for " + who);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AttachException known) {
        throw known;
      }
      throw new AttachException(who + " could not be asked: " + e.getCause());
    }
  }

  static void pause(Duration pause) {
    LockSupport.parkNanos(pause.toNanos());
  }
}
