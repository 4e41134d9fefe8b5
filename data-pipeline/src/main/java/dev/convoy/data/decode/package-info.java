/**
 * From image files to pixels and back: JPEG by a decoder of our own, {@code .jpeg}, the rest
 * through the JDK's ImageIO. What files say of themselves (size, orientation, colours) is read
 * here, from markers and chunks. Knows pixels; neither datasets nor networks.
 */
package dev.convoy.data.decode;
