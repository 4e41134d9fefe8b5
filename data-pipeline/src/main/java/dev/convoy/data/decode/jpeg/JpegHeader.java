package dev.convoy.data.decode.jpeg;

/**
 * What a file tells of its image before the first scan.
 *
 * @param height rows as stored
 * @param width columns as stored
 * @param components 1 grey, 3 colours, 4 cyan, magenta, yellow and black
 * @param progressive whether scans refine the image step by step
 * @param exifFrom where the TIFF structure of the first EXIF block begins in the file; -1 if there
 *     is none
 * @param exifTo where it ends
 */
public record JpegHeader(
    int height, int width, int components, boolean progressive, int exifFrom, int exifTo) {}
