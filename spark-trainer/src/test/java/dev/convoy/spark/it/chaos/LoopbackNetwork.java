package dev.convoy.spark.it.chaos;

import java.util.List;

/** All hosts are this machine, for users who may not make network namespaces. */
final class LoopbackNetwork implements HostNetwork {
  private static final Host HERE = new Host("this machine", "127.0.0.1", List.of());

  @Override
  public Host center() {
    return HERE;
  }

  @Override
  public Host worker(int index) {
    return HERE;
  }

  @Override
  public boolean hasLinks() {
    return false;
  }

  @Override
  public void cut(int worker) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void slowDown(int worker) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void mend(int worker) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
