package dev.convoy.collective;

import dev.convoy.collective.transport.FrameWriter;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import java.io.IOException;

/** What is sent to one peer for two reasons, one after the other. */
record Both(Outgoing first, Outgoing second) implements Outgoing {

  @Override
  public Operation operation() {
    return first.operation();
  }

  @Override
  public void writeTo(FrameWriter writer) throws IOException {
    first.writeTo(writer);
    second.writeTo(writer);
  }
}
