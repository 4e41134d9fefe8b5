"""Makes the files of this folder and pixels.tsv: of each file its name, height, width, the SHA-256 of its pixels as red,
green and blue on white, what is noted of it, and whether Pillow makes the same pixels. Needs Pillow and NumPy."""
import hashlib, io, struct, sys, zlib
import numpy as np
from PIL import Image

rng = np.random.default_rng(15)
H, W = 11, 13
yy, xx = np.mgrid[0:H, 0:W]
files = []


def add(name, data, rgb, alpha=None, notes=""):
    """rgb: what the file holds; alpha: 0 to 255, or None."""
    rgb = np.asarray(rgb, dtype=np.int64)
    if rgb.ndim == 2:
        rgb = np.stack([rgb] * 3, -1)
    if alpha is not None:
        a = np.asarray(alpha, dtype=np.int64)[..., None]
        rgb = (rgb * a + 255 * (255 - a) + 127) // 255
    files.append((name, bytes(data), rgb.astype(np.uint8), notes))


def smooth(most, channels=1):
    base = (yy[..., None] * 5 + xx[..., None] * 3 + np.arange(channels) * 17 + rng.integers(0, 9, (H, W, channels)))
    return base * most // base.max()


def to8(v, most):
    return (np.asarray(v, dtype=np.int64) * 255 + most // 2) // most


# PNG

def chunk(kind, data, crc=None):
    c = zlib.crc32(kind + data) if crc is None else crc
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", c)


def rows(samples, depth):
    h, w, n = samples.shape
    flat = samples.reshape(h, w * n)
    if depth == 16:
        return [b"".join(struct.pack(">H", v) for v in r) for r in flat]
    if depth == 8:
        return [bytes(r.tolist()) for r in flat]
    out = []
    for r in flat:
        bits = "".join(format(v, "0%db" % depth) for v in r)
        bits += "0" * (-len(bits) % 8)
        out.append(int(bits, 2).to_bytes(len(bits) // 8, "big"))
    return out


def filtered(lines, step):
    out, above = b"", bytes(len(lines[0])) if lines else b""
    for i, line in enumerate(lines):
        kind = i % 5
        res = bytearray()
        for j, v in enumerate(line):
            a = line[j - step] if j >= step else 0
            b = above[j]
            c = above[j - step] if j >= step else 0
            p = a + b - c
            near = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            res.append((v - [0, a, b, (a + b) // 2, near][kind]) & 255)
        out += bytes([kind]) + bytes(res)
        above = line
    return out


PASSES = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]


def png(samples, kind, depth, interlaced=False, before=b"", idats=1, end=True, after=b"", mid=b""):
    h, w, n = samples.shape
    step = max(1, n * depth // 8)
    if interlaced:
        raw = b"".join(filtered(rows(samples[t::v, l::g], depth), step)
                       for t, l, v, g in PASSES if samples[t::v, l::g].size)
    else:
        raw = filtered(rows(samples, depth), step)
    z = zlib.compress(raw)
    cut = [len(z) * i // idats for i in range(idats + 1)]
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, depth, kind, 0, 0, int(interlaced)))
    out += before + b"".join(chunk(b"IDAT", z[a:b]) for a, b in zip(cut, cut[1:])) + mid
    return out + (chunk(b"IEND", b"") if end else b"") + after


for inter in (False, True):
    s = "-interlaced" if inter else ""
    for depth in (1, 2, 4, 8, 16):
        most = (1 << depth) - 1
        g = smooth(most)
        add("grey%d%s.png" % (depth, s), png(g, 0, depth, inter), to8(g, most)[..., 0])
    for depth in (1, 2, 4, 8):
        count = min(1 << depth, 40)
        pal = rng.integers(0, 256, (count, 3))
        idx = smooth(count - 1)
        add("palette%d%s.png" % (depth, s), png(idx, 3, depth, inter, chunk(b"PLTE", bytes(pal.ravel().tolist()))), pal[idx[..., 0]])
    for depth in (8, 16):
        most = (1 << depth) - 1
        c = smooth(most, 3)
        add("rgb%d%s.png" % (depth, s), png(c, 2, depth, inter), to8(c, most))
        ga = smooth(most, 2)
        add("grey-alpha%d%s.png" % (depth, s), png(ga, 4, depth, inter), to8(ga[..., 0], most), to8(ga[..., 1], most), "TRANSPARENT")
        ca = smooth(most, 4)
        add("rgb-alpha%d%s.png" % (depth, s), png(ca, 6, depth, inter), to8(ca[..., :3], most), to8(ca[..., 3], most), "TRANSPARENT")
for depth in (1, 8, 16):
    most = (1 << depth) - 1
    g = smooth(most)
    key = int(g[5, 6, 0])
    add("grey%d-transparent.png" % depth, png(g, 0, depth, False, chunk(b"tRNS", struct.pack(">H", key))),
        to8(g, most)[..., 0], np.where(g[..., 0] == key, 0, 255), "TRANSPARENT")
for depth in (8, 16):
    most = (1 << depth) - 1
    c = smooth(most, 3)
    c[3:6, 3:8] = c[3, 3]
    add("rgb%d-transparent.png" % depth, png(c, 2, depth, False, chunk(b"tRNS", struct.pack(">HHH", *c[3, 3].tolist()))),
        to8(c, most), np.where((c == c[3, 3]).all(-1), 0, 255), "TRANSPARENT")
pal = rng.integers(0, 256, (20, 3))
idx = smooth(19)
pa = rng.integers(0, 256, 12)
al = np.concatenate([pa, np.full(8, 255)])
plte = chunk(b"PLTE", bytes(pal.ravel().tolist()))
add("palette-alpha.png", png(idx, 3, 8, False, plte + chunk(b"tRNS", bytes(pa.tolist()))), pal[idx[..., 0]], al[idx[..., 0]], "TRANSPARENT")
solid = np.concatenate([smooth(255, 3), np.full((H, W, 1), 255)], -1)
add("opaque-alpha.png", png(solid, 6, 8), solid[..., :3])
c = smooth(255, 3)
add("many-parts.png", png(c, 2, 8, idats=40), c)
add("no-end.png", png(c, 2, 8, end=False), c, notes="NO_END")
add("cut-in-end.png", png(c, 2, 8)[:-5], c, notes="NO_END")
add("cut-in-checksum.png", png(c, 2, 8, end=False)[:-7], c, notes="NO_END")
add("bytes-after-end.png", png(c, 2, 8, after=b"trailing bytes"), c)
add("wrong-crc-of-text.png", png(c, 2, 8, before=chunk(b"tEXt", b"a\0b", 1)), c)
add("wrong-crc-of-profile.png", png(c, 2, 8, before=chunk(b"iCCP", b"nonsense", 1)), c)
add("nonsense-profile.png", png(c, 2, 8, before=chunk(b"iCCP", b"nonsense") + chunk(b"gAMA", struct.pack(">I", 1)) + chunk(b"pHYs", b"1")), c)
add("nonsense-text.png", png(c, 2, 8, before=chunk(b"zTXt", b"no zero, no zlib") + chunk(b"iTXt", b"") + chunk(b"tIME", b"x"), mid=chunk(b"abCd", b"?" * 50)), c)
add("animated.png", png(c, 2, 8, before=chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, W, H, 0, 0, 1, 10, 0, 0)),
    mid=chunk(b"fcTL", struct.pack(">IIIIIHHBB", 1, W, H, 0, 0, 1, 10, 0, 0)) + chunk(b"fdAT", struct.pack(">I", 2) + zlib.compress(bytes((3 * W + 1) * H)))),
    c, notes="ANIMATED")
one = np.array([[[200, 100, 50]]])
add("one-pixel.png", png(one, 2, 8), one)
add("one-pixel-interlaced.png", png(one, 2, 8, True), one)


# GIF

def lzw(pixels, size, end=True, clear_first=True):
    clear, codes, out, n = 1 << size, None, [], size + 1
    acc = bits = 0
    data = bytearray()

    def put(code):
        nonlocal acc, bits
        acc |= code << bits
        bits += n
        while bits >= 8:
            data.append(acc & 255)
            acc >>= 8
            bits -= 8

    def fresh():
        return {(i,): i for i in range(clear)}, clear + 2

    codes, nxt = fresh()
    if clear_first:
        put(clear)
    cur = ()
    for p in pixels:
        if cur + (p,) in codes:
            cur += (p,)
            continue
        put(codes[cur])
        if nxt < 4096:
            codes[cur + (p,)] = nxt
            nxt += 1
            if nxt > (1 << n) and n < 12:
                n += 1
        else:
            put(clear)
            codes, nxt = fresh()
            n = size + 1
        cur = (p,)
    put(codes[cur])
    if end:
        # A decoder has added one more code by now.
        if nxt == (1 << n) and n < 12:
            n += 1
        put(clear + 1)
    if bits:
        data.append(acc & 255)
    return bytes([size]) + b"".join(bytes([len(data[i:i + 255])]) + bytes(data[i:i + 255]) for i in range(0, len(data), 255)) + b"\0"


def gif_frame(idx, left=0, top=0, size=4, table=None, interlaced=False, lines=None, **how):
    h, w = idx.shape
    packed = (0x40 if interlaced else 0) | (0x80 | (len(table) // 3).bit_length() - 2 if table else 0)
    order = [y for f, s in ((0, 8), (4, 8), (2, 4), (1, 2)) for y in range(f, h, s)] if interlaced else range(h)
    pixels = [int(v) for y in order for v in idx[y]]
    return b"\x2c" + struct.pack("<HHHHB", left, top, w, h, packed) + (table or b"") + lzw(pixels, size, **how)


def gif(blocks, table, w=W, h=H, version=b"GIF89a", trailer=b";"):
    packed = 0x80 | (len(table) // 3).bit_length() - 2 if table else 0
    return version + struct.pack("<HHBBB", w, h, packed, 0, 0) + table + blocks + trailer


def control(transparent):
    return b"\x21\xf9\x04" + bytes([1, 0, 0, transparent, 0])


gp = rng.integers(0, 256, (16, 3))
gt = bytes(gp.ravel().tolist())
gi = smooth(15)[..., 0]
lp = rng.integers(0, 256, (16, 3))
lt = bytes(lp.ravel().tolist())
add("plain.gif", gif(gif_frame(gi), gt), gp[gi])
add("87a.gif", gif(gif_frame(gi), gt, version=b"GIF87a"), gp[gi])
add("interlaced.gif", gif(gif_frame(gi, interlaced=True), gt), gp[gi])
add("local-palette.gif", gif(gif_frame(gi, table=lt), gt), lp[gi])
add("local-palette-alone.gif", gif(gif_frame(gi, table=lt), b""), lp[gi])
add("no-palette.gif", gif(gif_frame(gi), b""), gi)
key = int(gi[4, 4])
add("transparent.gif", gif(control(key) + gif_frame(gi), gt), gp[gi], np.where(gi == key, 0, 255), "TRANSPARENT")
add("transparent-unused.gif", gif(control(200) + gif_frame(gi), gt), gp[gi])
small = np.zeros((H, W, 3), dtype=int)
small[2:7, 3:9] = gp[gi[2:7, 3:9]]
inside = np.zeros((H, W), dtype=int)
inside[2:7, 3:9] = 255
add("frame-within-screen.gif", gif(gif_frame(gi[2:7, 3:9], 3, 2), gt), small, inside, "TRANSPARENT")
add("frame-beyond-screen.gif", gif(gif_frame(gi), gt, w=5, h=6), gp[gi])
add("no-screen.gif", gif(gif_frame(gi), gt, w=0, h=0), gp[gi])
add("animated.gif", gif(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0" + gif_frame(gi) + control(0) + gif_frame(gi[:3, :3]), gt), gp[gi], notes="ANIMATED")
add("comments.gif", gif(b"\x21\xfe\x05hello\0" + b"\x21\x01\x0c" + bytes(12) + b"\x03abc\0" + gif_frame(gi) + b"\x21\xfe\x03end\0", gt), gp[gi])
add("zeros-between-blocks.gif", gif(b"\0\0" + b"\x21\xfe\x01x\0" + b"\0" + gif_frame(gi) + b"\0\0\0", gt), gp[gi], notes="STRAY_BYTES")
add("no-trailer.gif", gif(gif_frame(gi), gt, trailer=b""), gp[gi], notes="NO_END")
add("no-end-code.gif", gif(gif_frame(gi, end=False), gt), gp[gi])
add("no-clear-code.gif", gif(gif_frame(gi, clear_first=False), gt), gp[gi])
add("bytes-after-trailer.gif", gif(gif_frame(gi), gt) + b"trailing", gp[gi])
big = rng.integers(0, 256, (70, 80))
bp = rng.integers(0, 256, (256, 3))
add("full-table.gif", gif(gif_frame(big, size=8), bytes(bp.ravel().tolist()), w=80, h=70), bp[big])
buf = io.BytesIO()
Image.fromarray(big.astype(np.uint8)).save(buf, "gif")
add("pillow.gif", buf.getvalue(), big)
two = (gi % 2)
add("two-colours.gif", gif(gif_frame(two, size=2), gt[:6]), gp[two])


# BMP

def bmp_rows(idx, bits, top_down=False):
    h = idx.shape[0]
    out = b""
    for y in range(h) if top_down else range(h - 1, -1, -1):
        s = "".join(format(int(v), "0%db" % bits) for v in idx[y])
        s += "0" * (-len(s) % 32)
        out += int(s, 2).to_bytes(len(s) // 8, "big")
    return out


def wide(values, each, top_down=False):
    h, w = values.shape
    out = b""
    for y in range(h) if top_down else range(h - 1, -1, -1):
        line = b"".join(int(v).to_bytes(each, "little") for v in values[y])
        out += line + bytes(-len(line) % 4)
    return out


def bmp(pixels, bits, compression=0, palette=b"", header=40, h=H, w=W, masks=b"", used=0, size=None, offset=None, image=None, tail=b""):
    if header == 12:
        dib = struct.pack("<IHHHH", 12, w, h, 1, bits)
    else:
        dib = struct.pack("<IiiHHIIiiII", header, w, h, 1, bits, compression, len(pixels) if image is None else image, 2835, 2835, used, 0)
        dib += masks
        dib += bytes(max(0, header - len(dib)))
    start = 14 + len(dib) + len(palette)
    total = start + len(pixels)
    return b"BM" + struct.pack("<IHHI", total if size is None else size, 0, 0, start if offset is None else offset) + dib + palette + pixels + tail


def table(p, each=4):
    return b"".join(bytes([int(b), int(g), int(r)]) + bytes(each - 3) for r, g, b in p)


for bits in (1, 4, 8):
    n = 1 << bits
    p = rng.integers(0, 256, (n, 3))
    i = smooth(n - 1)[..., 0]
    add("palette%d.bmp" % bits, bmp(bmp_rows(i, bits), bits, palette=table(p)), p[i])
    add("core%d.bmp" % bits, bmp(bmp_rows(i, bits), bits, palette=table(p, 3), header=12), p[i])
p4 = rng.integers(0, 256, (4, 3))
i4 = smooth(3)[..., 0]
add("palette2.bmp", bmp(bmp_rows(i4, 2), 2, palette=table(p4)), p4[i4])
p10 = rng.integers(0, 256, (10, 3))
i10 = smooth(9)[..., 0]
add("palette-of-ten.bmp", bmp(bmp_rows(i10, 8), 8, palette=table(p10), used=10), p10[i10])
add("palette-shorter-than-said.bmp", bmp(bmp_rows(i10, 8), 8, palette=table(p10), used=0), p10[i10])
rgb = smooth(255, 3)
packed = rgb[..., 0] << 16 | rgb[..., 1] << 8 | rgb[..., 2]
px = wide(packed, 3)
add("rgb24.bmp", bmp(px, 24), rgb)
add("core24.bmp", bmp(px, 24, header=12), rgb)
add("os2-24.bmp", bmp(px, 24, header=64), rgb)
add("top-down24.bmp", bmp(wide(packed, 3, True), 24, h=-H), rgb)
add("size-zero.bmp", bmp(px, 24, size=0), rgb)
add("size-wrong.bmp", bmp(px, 24, size=77), rgb)
add("image-size-wrong.bmp", bmp(px, 24, image=123456), rgb)
add("image-size-zero.bmp", bmp(px, 24, image=0), rgb)
add("offset-zero.bmp", bmp(px, 24, offset=0), rgb, notes="WRONG_OFFSET")
add("offset-beyond.bmp", bmp(px, 24, offset=99999), rgb, notes="WRONG_OFFSET")
add("offset-too-far.bmp", bmp(px, 24, offset=60), rgb, notes="WRONG_OFFSET")
add("gap.bmp", bmp(bytes(10) + px, 24, offset=64), rgb)
add("no-last-padding.bmp", bmp(px[:-1], 24), rgb)
add("bytes-after-end.bmp", bmp(px, 24, tail=b"trailing"), rgb)
p32 = packed | rng.integers(0, 2, (H, W)) << 24
add("rgb32.bmp", bmp(wide(p32, 4), 32), rgb)
add("v4-24.bmp", bmp(px, 24, header=108), rgb)
add("v5-24.bmp", bmp(px, 24, header=124), rgb)
alpha = smooth(255)[..., 0]
order = (0xff0000, 0xff00, 0xff, 0xff000000)
pa32 = packed | alpha << 24
for header in (56, 108, 124):
    add("alpha%d.bmp" % header, bmp(wide(pa32, 4), 32, 3, header=header, masks=struct.pack("<IIII", *order)), rgb, alpha, "TRANSPARENT")
add("alpha-of-zeros.bmp", bmp(wide(packed, 4), 32, 3, header=124, masks=struct.pack("<IIII", *order)), rgb)
add("masks32.bmp", bmp(wide(rgb[..., 0] | rgb[..., 1] << 8 | rgb[..., 2] << 16, 4), 32, 3, masks=struct.pack("<III", 0xff, 0xff00, 0xff0000)), rgb)
five = smooth(31, 3)
add("rgb555.bmp", bmp(wide(five[..., 0] << 10 | five[..., 1] << 5 | five[..., 2], 2), 16), to8(five, 31))
six = np.stack([five[..., 0], smooth(63)[..., 0], five[..., 2]], -1)
add("rgb565.bmp", bmp(wide(six[..., 0] << 11 | six[..., 1] << 5 | six[..., 2], 2), 16, 3, masks=struct.pack("<III", 0xf800, 0x7e0, 0x1f)),
    np.stack([to8(six[..., 0], 31), to8(six[..., 1], 63), to8(six[..., 2], 31)], -1))
p256 = rng.integers(0, 256, (256, 3))
flat = np.repeat(smooth(255)[:, :1, 0], W, 1)
flat[:, 7:] = smooth(255)[:, 7:, 0]
rle = b""
for y in range(H - 1, -1, -1):
    rle += bytes([7, int(flat[y, 0])]) + bytes([0, 6]) + bytes(flat[y, 7:].tolist()) + b"\0\0"
add("rle8.bmp", bmp(rle + b"\0\1", 8, 1, table(p256)), p256[flat])
add("rle8-no-end.bmp", bmp(rle[:-2], 8, 1, table(p256)), p256[flat])
jump = np.zeros((H, W), dtype=int)
jump[H - 3, 4:9] = 9
add("rle8-moves.bmp", bmp(b"\0\2\4\2\5\x09\0\1", 8, 1, table(p256)), p256[jump])
p16 = rng.integers(0, 256, (16, 3))
i16 = smooth(15)[..., 0]
rle = b""
for y in range(H - 1, -1, -1):
    nib = [int(v) for v in i16[y]]
    rle += bytes([0, W]) + bytes((nib[k] << 4) | (nib[k + 1] if k + 1 < W else 0) for k in range(0, W, 2))
    rle += bytes(((W + 1) // 2) & 1) + b"\0\0"
add("rle4.bmp", bmp(rle + b"\0\1", 4, 2, table(p16)), p16[i16])
runs = np.tile(np.array([3, 12])[np.arange(W) % 2], (H, 1))
add("rle4-runs.bmp", bmp(bytes([W, 0x3c, 0, 0]) * H + b"\0\1", 4, 2, table(p16)), p16[runs])


# Netpbm

bit = smooth(1)[..., 0]
g = smooth(255)[..., 0]
words = lambda a: " ".join(str(int(v)) for v in np.asarray(a).ravel()).encode()
add("p1.pbm", b"P1\n# a comment\n%d %d\n" % (W, H) + b"\n".join(bytes(48 + int(v) for v in r) for r in bit), 255 * (1 - bit))
add("p2.pgm", b"P2 %d %d 255\n" % (W, H) + words(g), g)
add("p3.ppm", b"P3\n%d %d\n15\n" % (W, H) + words(smooth(15, 3)) + b"\n", [[0, 0, 0]])
t = smooth(15, 3)
files.pop()
add("p3.ppm", b"P3\n%d %d\n15\n" % (W, H) + words(t) + b"\n", to8(t, 15))
add("p4.pbm", b"P4\n%d %d\n" % (W, H) + b"".join(int("".join(str(int(v)) for v in r) + "000", 2).to_bytes(2, "big") for r in bit), 255 * (1 - bit))
add("p5.pgm", b"P5\n# made by hand\n%d %d # wide\n255\n" % (W, H) + bytes(g.ravel().tolist()), g)
add("p5-of-100.pgm", b"P5 %d %d 100\n" % (W, H) + bytes((g * 100 // 255).ravel().tolist()), to8(g * 100 // 255, 100))
s16 = smooth(65535)[..., 0]
add("p5-16.pgm", b"P5 %d %d 65535\n" % (W, H) + b"".join(struct.pack(">H", int(v)) for v in s16.ravel()), to8(s16, 65535))
add("p6.ppm", b"P6\n%d %d\n255\n" % (W, H) + bytes(rgb.ravel().tolist()), rgb)
add("p6-bytes-after-end.ppm", b"P6 %d %d 255 " % (W, H) + bytes(rgb.ravel().tolist()) + b"more", rgb)


def pillow(data):
    try:
        im = Image.open(io.BytesIO(data))
        im.load()
        if im.mode in ("I", "I;16"):
            return "another depth"
        im = im.convert("RGBA")
        paper = Image.new("RGB", im.size, "white")
        paper.paste(im, mask=im.getchannel("A"))
        return np.asarray(paper)
    except Exception as e:
        return "refuses"


with open("pixels.tsv", "w") as out:
    for name, data, rgb, notes in files:
        open(name, "wb").write(data)
        made = pillow(data)
        same = made if isinstance(made, str) else "same" if made.shape == rgb.shape and (made == rgb).all() else "other pixels"
        out.write("\t".join([name, str(rgb.shape[0]), str(rgb.shape[1]), hashlib.sha256(rgb.tobytes()).hexdigest(), notes or "-", same]) + "\n")
