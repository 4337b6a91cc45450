package dev.slipstream.engine.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightTest {
  private static final long MILLI = 1_000_000;

  @TempDir private Path folder;
  private final Flight flight = new Flight();

  @AfterEach
  void close() {
    flight.close();
  }

  private List<RecordedEvent> recorded(Runnable what) throws IOException {
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      flight.poll();
      what.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("slipstream."))
        .toList();
  }

  @Test
  void exchange_thatWasSlowOrFailed_isAnEvent() throws IOException {
    List<RecordedEvent> events =
        recorded(
            () -> {
              flight.exchange("GET /items", "MISS_URI", 200, 100 * MILLI, 17);
              flight.exchange("GET /items", "MISS_URI", 500, MILLI, 0);
              flight.exchange("GET /items", "MISS_URI", 0, MILLI, -1);
            });

    assertThat(events).hasSize(3);
    RecordedEvent slow = events.get(0);
    assertThat(slow.getEventType().getName()).isEqualTo("slipstream.Exchange");
    assertThat(slow.getString("endpoint")).isEqualTo("GET /items");
    assertThat(slow.getString("outcome")).isEqualTo("MISS_URI");
    assertThat(slow.getInt("status")).isEqualTo(200);
    assertThat(slow.getDuration("timeTaken")).hasMillis(100);
    assertThat(slow.getLong("bytes")).isEqualTo(17);
    assertThat(slow.getInt("standsFor")).isEqualTo(1);
  }

  @Test
  void exchange_ofTheOthers_someAreEvents() throws IOException {
    int all = 64_000;
    List<RecordedEvent> events =
        recorded(
            () -> {
              for (int i = 0; i < all; i++) {
                flight.exchange("GET /items", "HIT_L1", 200, MILLI, 1);
              }
            });

    assertThat(events).hasSizeBetween(700, 1_300);
    assertThat(events).allMatch(event -> event.getInt("standsFor") == 64);
  }

  @Test
  void tierFailureAndActivation_areEvents() throws IOException {
    List<RecordedEvent> events =
        recorded(
            () -> {
              flight.tierFailure("l2", "timed out", 50 * MILLI);
              flight.activation("high_cpu_gc", "entered", "", "cpu 93 % > 90 %", true);
            });

    assertThat(events)
        .extracting(event -> event.getEventType().getName())
        .containsExactly("slipstream.TierFailure", "slipstream.Activation");
    assertThat(events.get(0).getDuration("timeTaken")).hasMillis(50);
    assertThat(events.get(1).getString("reason")).isEqualTo("cpu 93 % > 90 %");
    assertThat(events.get(1).getBoolean("injected")).isTrue();
  }

  @Test
  void events_haveLabelsAndACategory() throws IOException {
    recorded(
        () -> {
          flight.tierFailure("l2", "timed out", 1);
          flight.exchange("GET /items", "MISS_URI", 500, 1, 0);
          flight.activation("r", "entered", "", "", false);
        });

    List<EventType> types =
        FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .filter(type -> type.getName().startsWith("slipstream."))
            .toList();
    assertThat(types).hasSize(3);
    for (EventType type : types) {
      assertThat(type.getCategoryNames()).containsExactly("Slipstream");
      assertThat(type.getLabel()).isNotBlank();
      assertThat(type.getDescription()).isNotBlank();
      assertThat(type.getFields()).allMatch(field -> field.getLabel() != null);
    }
  }

  @Test
  void close_unregistersWhatWasRegistered() throws IOException {
    recorded(() -> flight.tierFailure("l2", "timed out", 1));
    flight.close();
    flight.poll();
    flight.tierFailure("l2", "timed out", 1);

    assertThat(FlightRecorder.getFlightRecorder().getEventTypes())
        .noneMatch(type -> type.getName().startsWith("slipstream."));
  }
}
