/**
 * From image files to pixels. A reader for each format, in Java alone (JPEG in {@code .jpeg}), so
 * that every JDK makes the same pixels of a file; {@link dev.convoy.data.decode.ForeignFile} names
 * what is no image of these formats. Nothing here needs a display or a writable disk. Knows pixels;
 * neither datasets nor networks.
 */
package dev.convoy.data.decode;
