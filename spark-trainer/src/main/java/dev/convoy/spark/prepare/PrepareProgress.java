package dev.convoy.spark.prepare;

import dev.convoy.data.Split;
import dev.convoy.data.prepare.Preparation;
import dev.convoy.data.shard.Manifest;
import dev.convoy.spark.telemetry.PreparedImages;
import dev.convoy.spark.telemetry.RunListener;
import java.io.PrintStream;
import java.util.Locale;

/** Tells a person how far the preparation has come, every few seconds. */
final class PrepareProgress implements RunListener, Preparation.Listener {
  private static final long EVERY_NANOS = 2_000_000_000L;

  private final PrintStream out;
  private String split = "";
  private int images;
  private long written;
  private long began;
  private long lastTime;

  PrepareProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begins(boolean continued, int parts) {
    if (continued) {
      out.println("going on with what an interrupted preparation has left");
    }
    out.printf(Locale.ROOT, "looking for images in %,d parts of the input%n", parts);
    out.flush();
  }

  @Override
  public synchronized void writes(Split ofSplit, int count, int shards) {
    split = Manifest.name(ofSplit);
    images = count;
    written = 0;
    began = System.nanoTime();
    lastTime = began;
    out.printf(Locale.ROOT, "%s: %,d images in %,d shards%n", split, count, shards);
    out.flush();
  }

  @Override
  public synchronized void onPrepared(PreparedImages prepared) {
    written += prepared.images();
    long now = System.nanoTime();
    if (now - lastTime >= EVERY_NANOS || written == images) {
      lastTime = now;
      double seconds = (now - began) * 1e-9;
      out.printf(
          Locale.ROOT,
          "%s: %,d of %,d images written, %,.0f images/s%n",
          split,
          written,
          images,
          written / seconds);
      out.flush();
    }
  }
}
