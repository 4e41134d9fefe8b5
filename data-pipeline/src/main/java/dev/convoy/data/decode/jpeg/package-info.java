/**
 * A JPEG decoder: Huffman-coded baseline, extended sequential and progressive files of 8 bits a
 * sample (ITU-T T.81), whole or a region of them, at full size or at 1/2, 1/4 or 1/8 of it. Its
 * integers are those of libjpeg, so that pixels equal djpeg's and Pillow's bit for bit, on every
 * JDK.
 *
 * <pre>
 *   file -> JpegFile (segments) -> ScanHeader -> EntropyDecoder (BitReader, HuffmanTable)
 *        -> Block or Coefficients -> InverseDct -> Plane -> Upsampler -> JpegColour -> RGB
 * </pre>
 *
 * <p>Knows pixels and regions; neither other formats of images nor datasets.
 */
package dev.convoy.data.decode.jpeg;
