package dev.convoy.kernel.vector.lanes;

/**
 * State that one worker sets again and again while another worker does so with its own: these
 * fields come first in an object and are never used, so that the states of two workers, which are
 * made one after the other and lie side by side, share no cache line.
 */
public abstract class WorkerState {
  long p0;
  long p1;
  long p2;
  long p3;
  long p4;
  long p5;
  long p6;
  long p7;
  long p8;
  long p9;
  long p10;
  long p11;
  long p12;
  long p13;
  long p14;
  long p15;
}
