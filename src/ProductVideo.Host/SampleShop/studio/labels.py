"""Draws every printed label, band and dial of the sample shop, and the shop's logo.

Run on its own before rendering: python3 labels.py
Fonts (all SIL Open Font License) are found through fontconfig.
"""
import functools
import math
import os
import random
import subprocess

from PIL import Image, ImageDraw, ImageFont

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "build", "labels")
BRAND = "VARNMOOR"
GREEN = "#2f4a3f"
INK = "#26231f"
CREAM = "#f1ebdf"


@functools.lru_cache(None)
def font_file(pattern):
    out = subprocess.run(["fc-match", "-f", "%{file}|%{index}", pattern], capture_output=True, text=True).stdout
    file, index = out.split("|")
    return file, int(index or 0) & 0xFFFF


def font(pattern, size):
    file, index = font_file(pattern)
    return ImageFont.truetype(file, size, index=index)


SPARTAN = "League Spartan:semibold"
SPARTAN_BOLD = "League Spartan:bold"
GARAMOND = "EB Garamond:regular"
GARAMOND_IT = "EB Garamond:italic"
LATO = "Lato:regular"
LATO_BOLD = "Lato:bold"
AMIRI = "Amiri:bold"
AMIRI_REG = "Amiri:regular"
MINCHO = "Noto Serif CJK JP:bold"
MINCHO_REG = "Noto Serif CJK JP:regular"


def sheet(w, h, color):
    im = Image.new("RGBA", (w, h), color)
    return im, ImageDraw.Draw(im)


def text(d, x, y, s, pattern, size, color, track=0.0, anchor="mm", **kw):
    """Centred text with optional letter-spacing (in ems)."""
    f = font(pattern, size)
    if not track:
        d.text((x, y), s, font=f, fill=color, anchor=anchor, **kw)
        return
    gap = track * size
    width = sum(f.getlength(c) for c in s) + gap * (len(s) - 1)
    x = x - width / 2 if anchor[0] == "m" else x
    for c in s:
        d.text((x, y), c, font=f, fill=color, anchor="l" + anchor[1])
        x += f.getlength(c) + gap


def mark(d, x, y, s, color, width=None):
    """The brand mark: a hill line and a sun in a ring."""
    width = width or max(2, int(s * 0.07))
    d.ellipse((x - s, y - s, x + s, y + s), outline=color, width=width)
    d.ellipse((x - s * 0.02, y - s * 0.58, x + s * 0.42, y - s * 0.14), fill=color)
    for k, (amp, off) in enumerate(((0.2, 0.12), (0.12, 0.46))):
        pts = []
        reach = math.sqrt(max(0, 1 - off ** 2)) * 0.93
        for i in range(61):
            u = -reach + 2 * reach * i / 60
            pts.append((x + u * s, y + s * (off + amp * math.sin(u * 3.4 + 0.6 + k * 2.2))))
        d.line(pts, fill=color, width=width, joint="curve")


def save(im, name):
    os.makedirs(OUT, exist_ok=True)
    im.save(os.path.join(OUT, name))


def mug():
    im, d = sheet(900, 900, (0, 0, 0, 0))
    c = (60, 44, 32, 235)
    mark(d, 450, 330, 230, c, 17)
    text(d, 450, 690, BRAND, SPARTAN, 120, c, 0.16)
    text(d, 450, 815, "HAND-THROWN STONEWARE", LATO_BOLD, 44, c, 0.16)
    save(im, "mug.png")


def serum():
    im, d = sheet(1300, 1500, CREAM)
    mark(d, 650, 190, 92, INK, 8)
    text(d, 650, 370, BRAND, SPARTAN, 108, INK, 0.22)
    d.line((490, 450, 810, 450), fill=INK, width=3)
    text(d, 650, 590, "Night Repair Serum", GARAMOND, 122, INK)
    text(d, 650, 705, "with sea buckthorn & squalane", GARAMOND_IT, 70, "#5b5145")
    d.rectangle((0, 850, 1300, 1040), fill="#a9573a")
    text(d, 650, 945, "No. 4  ·  FACE OIL", SPARTAN, 76, CREAM, 0.14)
    text(d, 650, 1150, "Apply 3–4 drops to clean, damp skin each evening.", LATO, 44, INK)
    text(d, 650, 1215, "Vegan  ·  Unscented  ·  Not tested on animals", LATO, 44, INK)
    text(d, 650, 1375, "30 ml  ℮  1.0 fl. oz.", LATO_BOLD, 66, INK, 0.04)
    save(im, "serum.png")
    im, d = sheet(900, 2100, "#a9573a")
    mark(d, 450, 420, 150, CREAM, 12)
    text(d, 450, 690, BRAND, SPARTAN, 108, CREAM, 0.2)
    d.line((300, 790, 600, 790), fill=CREAM, width=4)
    text(d, 450, 960, "Night Repair", GARAMOND, 130, CREAM)
    text(d, 450, 1090, "Serum", GARAMOND, 130, CREAM)
    text(d, 450, 1260, "sea buckthorn & squalane", GARAMOND_IT, 68, CREAM)
    text(d, 450, 1820, "No. 4  ·  FACE OIL", SPARTAN, 58, CREAM, 0.14)
    text(d, 450, 1930, "30 ml  ℮  1.0 fl. oz.", LATO_BOLD, 56, CREAM, 0.04)
    save(im, "serum-box.png")


def tea():
    """A Japanese sencha tin; the sheet runs all the way round."""
    w, h = 4590, 1500
    im, d = sheet(w, h, "#27463a")
    rnd = random.Random(4)
    gold, pale = "#c9a961", "#e9e2cd"
    step = 100
    for row in range(-1, h // 50 + 2):
        for col in range(-1, w // step + 2):
            x = col * step + (row % 2) * step // 2
            y = row * 50
            for r in (48, 33, 18):
                d.arc((x - r, y - r, x + r, y + r), 180, 360, fill="#35594a", width=3)
    cx = w // 2
    d.rectangle((cx - 420, 130, cx + 420, h - 130), fill=pale)
    d.rectangle((cx - 396, 154, cx + 396, h - 154), outline=gold, width=6)
    text(d, cx, 420, "煎", MINCHO, 330, INK)
    text(d, cx, 760, "茶", MINCHO, 330, INK)
    d.rectangle((cx + 220, 250, cx + 330, 360), fill="#b3402e")
    text(d, cx + 275, 302, "静", MINCHO, 84, pale)
    text(d, cx, 1010, "SENCHA", SPARTAN, 104, "#27463a", 0.24)
    text(d, cx, 1110, "一番摘み・有機栽培緑茶", MINCHO_REG, 54, INK)
    d.line((cx - 150, 1178, cx + 150, 1178), fill=gold, width=5)
    text(d, cx, 1238, "VARNMOOR TEA", LATO_BOLD, 46, INK, 0.12)
    text(d, cx, 1302, "内容量 100 g", MINCHO_REG, 46, INK)
    save(im, "tea.png")


def candle():
    im, d = sheet(1400, 1200, "#f4efe6")
    d.rectangle((46, 46, 1354, 1154), outline="#3a342c", width=5)
    mark(d, 700, 230, 100, "#3a342c", 8)
    text(d, 700, 420, BRAND, SPARTAN, 92, "#3a342c", 0.26)
    text(d, 700, 600, "Cedar & Smoke", GARAMOND, 168, "#3a342c")
    text(d, 700, 735, "cedarwood · birch tar · dried orange", GARAMOND_IT, 72, "#6b5d4b")
    d.line((560, 820, 840, 820), fill="#3a342c", width=4)
    text(d, 700, 930, "SCENTED SOY CANDLE", SPARTAN, 64, "#3a342c", 0.18)
    text(d, 700, 1040, "220 g ℮ 7.8 oz  ·  approx. 45 hours", LATO_BOLD, 54, "#3a342c", 0.03)
    save(im, "candle.png")


def soap():
    """The Arabic paper band of the olive-oil soap."""
    im, d = sheet(1600, 1000, "#efe6d0")
    olive, red = "#4d5a2c", "#8c3b24"
    d.rectangle((0, 0, 1600, 42), fill=olive)
    d.rectangle((0, 958, 1600, 1000), fill=olive)
    d.line((0, 66, 1600, 66), fill=olive, width=6)
    d.line((0, 934, 1600, 934), fill=olive, width=6)
    kw = dict(direction="rtl", language="ar")
    text(d, 800, 285, "صابون زيت الزيتون", AMIRI, 230, olive, **kw)
    text(d, 800, 500, "بزيت الغار الطبيعي", AMIRI_REG, 130, red, **kw)
    for sx in (-1, 1):
        for i in range(6):
            x, y = 800 + sx * (190 + i * 62), 636
            for s in (-1, 1):
                leaf = Image.new("RGBA", (90, 36), (0, 0, 0, 0))
                ImageDraw.Draw(leaf).ellipse((4, 6, 86, 30), fill=olive)
                leaf = leaf.rotate(sx * s * 38, expand=True, resample=Image.BICUBIC)
                im.alpha_composite(leaf, (int(x - leaf.width / 2), int(y - leaf.height / 2 + s * 24)))
        d.line((800 + sx * 120, 636, 800 + sx * 540, 636), fill=olive, width=5)
    d.ellipse((770, 606, 830, 666), fill=red)
    text(d, 800, 765, "VARNMOOR", SPARTAN, 92, olive, 0.26)
    text(d, 800, 868, "الوزن الصافي ١٥٠ غ  ·  صُنع يدويًّا", AMIRI_REG, 78, INK, **kw)
    save(im, "soap.png")
    im, d = sheet(600, 600, (0, 0, 0, 0))
    mark(d, 300, 300, 260, (0, 0, 0, 255), 26)
    save(im, "stamp.png")


def coffee():
    im, d = sheet(1200, 1500, "#efe9dc")
    dark = "#2b211b"
    d.rectangle((0, 0, 1200, 640), fill="#c8672f")
    for k in range(7):
        pts = [(x, 330 + k * 46 + 42 * math.sin(x / 190 + k * 0.55) - k * 3) for x in range(-10, 1215, 8)]
        d.polygon(pts + [(1200, 640), (0, 640)],
                  fill=[(222, 138, 72), (207, 116, 54), (188, 95, 44), (162, 78, 38), (128, 60, 33), (92, 44, 28), (58, 33, 24)][k])
    d.ellipse((760, 110, 960, 310), fill="#f3e3c2")
    text(d, 600, 760, BRAND, SPARTAN, 122, dark, 0.22)
    text(d, 600, 868, "COFFEE ROASTERS", SPARTAN, 52, dark, 0.3)
    d.line((120, 930, 1080, 930), fill=dark, width=4)
    text(d, 600, 1030, "Yirgacheffe", GARAMOND, 150, dark)
    text(d, 600, 1146, "Ethiopia · washed · 1 900 m", GARAMOND_IT, 74, "#5d4a3c")
    text(d, 600, 1250, "bergamot, apricot, black tea", LATO, 56, dark)
    d.line((120, 1320, 1080, 1320), fill=dark, width=4)
    text(d, 120, 1400, "WHOLE BEAN", SPARTAN, 56, dark, 0.1, anchor="lm")
    d.text((1080, 1400), "250 g ℮ 8.8 oz", font=font(LATO_BOLD, 58), fill=dark, anchor="rm")
    save(im, "coffee.png")


def cream_tube():
    im, d = sheet(1200, 2200, (0, 0, 0, 0))
    c = (52, 70, 60, 255)
    mark(d, 600, 330, 150, c, 13)
    text(d, 600, 620, BRAND, SPARTAN, 150, c, 0.2)
    d.line((400, 740, 800, 740), fill=c, width=6)
    text(d, 600, 920, "Hand Cream", GARAMOND, 200, c)
    text(d, 600, 1080, "oat & meadowfoam", GARAMOND_IT, 116, c)
    text(d, 600, 1500, "Absorbs quickly · not greasy", LATO, 66, c)
    text(d, 600, 1590, "for dry, hard-working hands", LATO, 66, c)
    text(d, 600, 1880, "75 ml ℮ 2.5 fl. oz.", LATO_BOLD, 84, c, 0.04)
    save(im, "cream.png")


def notebook():
    im, d = sheet(1000, 400, (0, 0, 0, 0))
    mark(d, 500, 130, 100, (0, 0, 0, 255), 12)
    text(d, 500, 318, BRAND, SPARTAN, 110, (0, 0, 0, 255), 0.24)
    save(im, "notebook.png")
    im, d = sheet(1000, 1400, "#e9dfcb")
    d.rectangle((40, 40, 960, 1360), outline=INK, width=4)
    text(d, 500, 190, BRAND, SPARTAN, 92, INK, 0.22)
    text(d, 500, 330, "Notizbuch A5", GARAMOND, 130, INK)
    save(im, "notebook-card.png")


def clock():
    s = 2000
    im, d = sheet(s, s, "#f3f0e8")
    c = s // 2
    for i in range(60):
        a = math.radians(i * 6)
        r0, r1, wd = (905, 940, 5) if i % 5 else (870, 940, 14)
        d.line((c + r0 * math.sin(a), c - r0 * math.cos(a), c + r1 * math.sin(a), c - r1 * math.cos(a)), fill=INK, width=wd)
    for n in range(1, 13):
        a = math.radians(n * 30)
        text(d, c + 735 * math.sin(a), c - 735 * math.cos(a), str(n), SPARTAN, 190, INK)
    mark(d, c, c - 420, 62, GREEN, 7)
    text(d, c, c - 310, BRAND, SPARTAN, 62, GREEN, 0.24)
    text(d, c, c + 380, "SILENT SWEEP", LATO, 40, "#6b655b", 0.2)
    save(im, "clock.png")


def blanket():
    im, d = sheet(500, 700, "#efe9dc")
    d.rectangle((18, 18, 482, 682), outline=GREEN, width=4)
    mark(d, 250, 170, 80, GREEN, 7)
    text(d, 250, 320, BRAND, SPARTAN, 62, GREEN, 0.14)
    text(d, 250, 420, "Pure Lambswool", GARAMOND_IT, 58, INK)
    text(d, 250, 540, "130 × 180 cm", LATO_BOLD, 42, INK)
    text(d, 250, 605, "100 % wool", LATO, 40, INK)
    save(im, "blanket.png")


def enamel():
    im, d = sheet(900, 400, (0, 0, 0, 0))
    c = (38, 58, 92, 255)
    mark(d, 450, 130, 105, c, 11)
    text(d, 450, 320, BRAND, SPARTAN, 96, c, 0.26)
    save(im, "enamel.png")


def board():
    im, d = sheet(700, 700, (0, 0, 0, 0))
    mark(d, 350, 280, 210, (58, 30, 14, 230), 20)
    text(d, 350, 600, BRAND, SPARTAN, 96, (58, 30, 14, 230), 0.14)
    save(im, "board.png")


def logo():
    """The shop's logo: mark and wordmark on transparency."""
    im, d = sheet(2400, 640, (0, 0, 0, 0))
    mark(d, 330, 320, 240, GREEN, 22)
    text(d, 680, 330, BRAND, SPARTAN, 250, GREEN, 0.14, anchor="lm")
    im = im.crop(im.getbbox())
    pad = Image.new("RGBA", (im.width + 80, im.height + 80), (0, 0, 0, 0))
    pad.alpha_composite(im, (40, 40))
    pad = pad.resize((1000, round(pad.height * 1000 / pad.width)), Image.LANCZOS)
    folder = os.path.join(os.path.dirname(HERE), "brand")
    os.makedirs(folder, exist_ok=True)
    pad.save(os.path.join(folder, "logo.png"), optimize=True)


if __name__ == "__main__":
    for draw in (mug, serum, tea, candle, soap, coffee, cream_tube, notebook, clock, blanket, enamel, board, logo):
        draw()
