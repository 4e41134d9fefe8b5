package dev.convoy.data.decode;

/**
 * What a file's header tells of its image.
 *
 * @param format by content
 * @param height rows as a person sees them, after orientation
 * @param width columns as a person sees them, after orientation
 * @param components of colour as stored, alpha not counted: 1 grey, 3 colours or a palette of them,
 *     4 cyan, magenta, yellow and black
 * @param orientation that has been applied to height and width, and that decoding applies
 * @param plain whether the file can be kept as it is, for its decoding is the same everywhere and
 *     converts nothing that this header does not tell: JPEG, and PNG of 8-bit grey or RGB
 */
public record ImageHeader(
    Format format, int height, int width, int components, Orientation orientation, boolean plain) {}
