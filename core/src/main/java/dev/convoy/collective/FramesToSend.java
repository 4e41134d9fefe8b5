package dev.convoy.collective;

import dev.convoy.collective.transport.FrameWriter;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames of a vector that an operation sends to one peer. Each is sent as soon as the
 * operation's own thread has made it ready. Made once, and sent in every step.
 */
final class FramesToSend implements Outgoing {
  private final Operation operation;
  private final Progress progress;
  private final List<Range> frames = new ArrayList<>();
  private final List<Long> needed = new ArrayList<>();

  /** Set anew before each run, by the operation's own thread. */
  private float[] values;

  FramesToSend(Operation operation, Progress progress) {
    this.operation = operation;
    this.progress = progress;
  }

  /** Adds a frame that is ready when so much progress has been made. */
  void add(Range frame, long progressNeeded) {
    frames.add(frame);
    needed.add(progressNeeded);
  }

  void of(float[] vector) {
    values = vector;
  }

  @Override
  public Operation operation() {
    return operation;
  }

  @Override
  public void writeTo(FrameWriter writer) throws IOException {
    for (int i = 0; i < frames.size() && progress.await(needed.get(i)); i++) {
      Range frame = frames.get(i);
      writer.write(operation, values, frame.from(), frame.length());
    }
  }
}
