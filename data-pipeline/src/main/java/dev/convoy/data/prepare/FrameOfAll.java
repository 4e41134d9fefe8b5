package dev.convoy.data.prepare;

import dev.convoy.data.Frame;

/** What many images have in common: their size if it is the same, and the most channels of any. */
final class FrameOfAll {
  private Frame frame;

  /** One image more, or many of which as much is known. */
  void add(Frame other) {
    if (frame == null) {
      frame = other;
      return;
    }
    int channels = Math.max(frame.channels(), other.channels());
    boolean same = frame.height() == other.height() && frame.width() == other.width();
    frame = same ? frame.withChannels(channels) : Frame.ofAnySize(channels);
  }

  /** What is known of them; null before the first. */
  Frame frame() {
    return frame;
  }
}
