package dev.convoy.data.decode.jpeg;

/** Codes of markers (ITU-T T.81, table B.1): the byte after 0xff. */
final class Marker {
  static final int TEM = 0x01;
  static final int SOF0 = 0xc0;
  static final int SOF1 = 0xc1;
  static final int SOF2 = 0xc2;
  static final int SOF3 = 0xc3;
  static final int DHT = 0xc4;
  static final int JPG = 0xc8;
  static final int SOF9 = 0xc9;
  static final int SOF10 = 0xca;
  static final int SOF11 = 0xcb;
  static final int DAC = 0xcc;
  static final int SOF15 = 0xcf;
  static final int RST0 = 0xd0;
  static final int RST7 = 0xd7;
  static final int SOI = 0xd8;
  static final int EOI = 0xd9;
  static final int SOS = 0xda;
  static final int DQT = 0xdb;
  static final int DNL = 0xdc;
  static final int DRI = 0xdd;
  static final int APP0 = 0xe0;
  static final int APP1 = 0xe1;
  static final int APP14 = 0xee;
  static final int APP15 = 0xef;
  static final int COM = 0xfe;

  /** No marker: the file's end. */
  static final int FILE_END = 0x100;

  private Marker() {}

  static boolean isRestart(int code) {
    return code >= RST0 && code <= RST7;
  }

  /** Returns whether a frame header follows: SOF0 to SOF15 but for DHT, JPG and DAC among them. */
  static boolean isFrame(int code) {
    return code >= SOF0 && code <= SOF15 && code != DHT && code != JPG && code != DAC;
  }

  /** Returns whether a segment follows that decoding has no need of. */
  static boolean isSkipped(int code) {
    return (code >= APP0 && code <= APP15) || code == COM || code == DNL || code == DAC;
  }
}
