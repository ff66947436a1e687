#!/usr/bin/python3
"""Checks the sample shop: every listed picture exists and opens, and the set covers what it should."""
import csv
import json
import os
import sys
from collections import Counter

from PIL import Image

SHOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def products():
    """Handle, title, locale and pictures of every product, from both layouts."""
    out = {}
    with open(os.path.join(SHOP, "products.csv"), encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            p = out.setdefault(row["Handle"], dict(title=row["Title"], locale=row["Locale"], images=[], variants=0, reduced=False))
            if row["Image Src"]:
                p["images"].append(row["Image Src"])
            if row["Variant Image"]:
                p["variants"] += 1
            p["reduced"] |= bool(row["Variant Compare At Price"])
    folder = os.path.join(SHOP, "products")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            p = json.load(f)
        assert name == p["handle"] + ".json", name
        out[p["handle"]] = dict(title=p["title"], locale=p["locale"], images=[i["src"] for i in p["images"]], variants=0, reduced=False)
    return out


def main():
    bad, formats, ratios, clear, listed = [], Counter(), Counter(), 0, set()
    found = products()
    for handle, p in found.items():
        print("%s [%s] %s" % (handle, p["locale"], p["title"]))
        for src in p["images"]:
            path = os.path.join(SHOP, src)
            listed.add(os.path.normpath(path))
            if not os.path.exists(path):
                bad.append("missing: " + src)
                continue
            with Image.open(path) as im:
                im.load()
                w, h = im.size
                kind = im.format
                if kind == "PNG" and im.mode == "RGBA" and im.getchannel("A").getextrema() == (0, 255):
                    clear += 1
            size = os.path.getsize(path)
            formats[kind] += 1
            ratios["%.2f" % (w / h)] += 1
            print("    %-46s %s %dx%d %d KB" % (src, kind, w, h, size // 1024))
            if size > 1.5e6:
                bad.append("too big: " + src)
            if min(w, h) < 400 or max(w, h) > 1600:
                bad.append("odd size: %s %dx%d" % (src, w, h))
            if kind.lower() != {"jpg": "jpeg"}.get(path.rsplit(".", 1)[1], path.rsplit(".", 1)[1]):
                bad.append("wrong ending: " + src)
    total = 0
    for folder, _, files in os.walk(SHOP):
        if "build" in folder.split(os.sep) or "__pycache__" in folder:
            continue
        for name in files:
            path = os.path.join(folder, name)
            total += os.path.getsize(path)
            if os.sep + "images" + os.sep in path and os.path.normpath(path) not in listed:
                bad.append("not listed: " + path)
    wants = {
        "at least 12 products": len(found) >= 12,
        "3 PNG with transparency": clear >= 3,
        "3 WebP": formats["WEBP"] >= 3,
        "a title of exactly 90 characters": any(len(p["title"]) == 90 for p in found.values()),
        "locales en, de, ar, ja": {"en", "de", "ar", "ja"} <= {p["locale"] for p in found.values()},
        "a product with three colour variants": any(p["variants"] >= 3 for p in found.values()),
        "a reduced price": any(p["reduced"] for p in found.values()),
        "a single 400x400 picture": any(len(p["images"]) == 1 and Image.open(os.path.join(SHOP, p["images"][0])).size == (400, 400)
                                        for p in found.values() if p["images"]),
        "at most 20 MB": total <= 20e6,
    }
    bad += ["wanted: " + k for k, ok in wants.items() if not ok]
    print(len(found), "products,", len(listed), "pictures,", dict(formats), dict(ratios), "%.1f MB" % (total / 1e6))
    print("\n".join(bad) or "all well")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
