package dev.convoy.data.decode.jpeg;

/**
 * What all scans of Huffman codes share: MCUs between restart markers (ITU-T T.81, E.2.4), and what
 * is done when the data end too early. It is what libjpeg does, so that damaged files look alike.
 */
abstract class EntropyDecoder {
  final BitReader in;
  private final JpegFile file;
  private final int restartInterval;
  private int toGo;
  private int nextRestart;

  /** Whether the segment has no more data, so that MCUs are left as they are. */
  private boolean exhausted;

  /** Creates a decoder of the data that begin where the file's last header ends. */
  EntropyDecoder(JpegFile file) {
    this.file = file;
    this.in = file.entropyCodedData();
    this.restartInterval = file.tables().restartInterval();
    this.toGo = restartInterval;
  }

  /** Forgets what was predicted. */
  abstract void resetPredictions();

  /**
   * Begins an MCU.
   *
   * @return whether there are data; else it is to be left as it is
   */
  final boolean begin() throws JpegException {
    if (restartInterval > 0) {
      if (toGo == 0) {
        restart();
      }
      toGo--;
    }
    return !exhausted;
  }

  /** Returns whether MCUs have no data for now. */
  final boolean exhausted() {
    return exhausted;
  }

  /** Ends an MCU that had data: whether they were enough, and sound. */
  final void end() throws JpegException {
    if (in.overrun() && !exhausted) {
      exhausted = true;
      boolean ends = in.marker() == Marker.EOI || in.marker() == Marker.FILE_END;
      file.faults().add(ends ? JpegFault.EARLY_END : JpegFault.DATA_CUT);
    }
    for (int bad = in.takeBadCodes(); bad > 0; bad--) {
      file.faults().add(JpegFault.BAD_CODE);
    }
  }

  /** Ends the scan: the file goes on behind what has been read. */
  final void finish() throws JpegException {
    file.resume(in.position(), in.marker(), in.unusedBytes() > 0);
  }

  private void restart() throws JpegException {
    finish();
    int found = file.nextMarker();
    int due = Marker.RST0 + nextRestart;
    if (found != due) {
      file.faults().add(JpegFault.RESTART);
      found = resynchronize(found);
    } else {
      found = 0;
    }
    in.restart(file.position(), found);
    nextRestart = (nextRestart + 1) & 7;
    toGo = restartInterval;
    resetPredictions();
    if (found == 0) {
      exhausted = false;
    }
  }

  /**
   * Decides on a marker that is not the one due, as libjpeg does: earlier restart markers and what
   * is no marker are passed over; one that is due soon, or one of another kind, means that the
   * segment's data are missing; any other restart marker is taken for the one due.
   *
   * @return the marker at which the segment's data have ended already, or 0
   */
  private int resynchronize(int first) throws JpegException {
    int found = first;
    while (true) {
      int ahead = (found - Marker.RST0 - nextRestart) & 7;
      if (found < Marker.SOF0) {
        found = file.nextMarker();
      } else if (!Marker.isRestart(found) || ahead == 1 || ahead == 2) {
        return found;
      } else if (ahead >= 6) {
        found = file.nextMarker();
      } else {
        return 0;
      }
    }
  }
}
