/**
 * From image files to pixels and back, through the JDK's own ImageIO. What files say of themselves
 * (size, orientation, colours, whether all JDKs agree on their pixels) is read here, from markers
 * and chunks. Knows pixels; neither datasets nor networks.
 */
package dev.convoy.data.decode;
