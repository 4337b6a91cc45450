package dev.slipstream.console.metrics;

import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Replies;
import dev.slipstream.console.targets.Reply;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The metrics of some gateways in Prometheus' text format. */
public final class Metrics {
  /** The type of the text. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private Metrics() {}

  /** Asks all at the same time; those that do not answer are only told to be down. */
  public static byte[] of(List<Gateway> gateways) {
    return text(
        Replies.of(
            gateways, gateway -> gateway.read(beans -> Scraped.from(gateway.name(), beans))));
  }

  static byte[] text(List<Reply<Scraped>> replies) {
    Families families = new Families();
    for (Reply<Scraped> reply : replies) {
      new TargetFamilies(families, reply.target())
          .flag(
              "target_up",
              "Whether a gateway answered: 1 or 0",
              reply instanceof Reply.Answer<Scraped>);
    }
    Replies.values(replies).forEach(scraped -> scraped.addTo(families));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(text, families.all(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toByteArray();
  }
}
