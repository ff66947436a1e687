"""Writes products.csv, products/*.json and shop.json from the product texts below.

Only pictures that exist under images/ are listed, so it can run at any time:
python3 catalogue.py
"""
import csv
import json
import os

SHOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HEADER = ["Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Type", "Tags", "Published",
          "Option1 Name", "Option1 Value", "Option2 Name", "Option2 Value", "Variant SKU", "Variant Grams",
          "Variant Inventory Qty", "Variant Price", "Variant Compare At Price", "Variant Barcode", "Image Src",
          "Image Position", "Image Alt Text", "Variant Image", "SEO Title", "SEO Description", "Status", "Locale",
          "Collection", "Sold",
          "Material (product.metafields.custom.material)", "Color (product.metafields.custom.color)"]


def variant(sku, grams, qty, price, compare="", barcode="", option1="", option2="", image=""):
    return dict(sku=sku, grams=grams, qty=qty, price=price, compare=compare, barcode=barcode,
                option1=option1, option2=option2, image=image)


PRODUCTS = [
    dict(
        handle="stoneware-mug", title="Stoneware Mug 350 ml", vendor="Varnmoor", type="Mug",
        category="Home & Garden > Kitchen & Dining > Tableware > Drinkware > Mugs",
        tags="mug, stoneware, kitchen, gift", locale="en", material="Stoneware", color="Chalk, Moss, Ink",
        options=("Colour", None),
        body="<p>The <strong>Varnmoor Stoneware Mug</strong> is thrown by hand and glazed in three quiet colours. "
             "The foot is left bare, so you can see &amp; feel the clay.</p>"
             "<ul><li>Holds 350 ml &ndash; a generous coffee or a proper pot-of-tea cup</li>"
             "<li>Material: speckled stoneware, lead-free glaze</li><li>Height 10 cm, diameter 8.7 cm</li>"
             "<li>Dishwasher &amp; microwave safe</li></ul>"
             "<p>Every mug differs a little from the next: that is the potter&rsquo;s hand.</p>",
        variants=[variant("VM-MUG-CHK", 380, 42, "24.00", option1="Chalk", image="chalk.jpg", barcode="2000000010014"),
                  variant("VM-MUG-MOS", 380, 31, "24.00", option1="Moss", image="moss.jpg", barcode="2000000010021"),
                  variant("VM-MUG-INK", 380, 18, "26.00", option1="Ink", image="ink.jpg", barcode="2000000010038")],
        images=[("chalk.jpg", "Chalk white stoneware mug with printed mark"),
                ("moss.jpg", "The same mug glazed in moss green"),
                ("ink.jpg", "The same mug glazed in ink blue"),
                ("detail.jpg", "Close-up of the speckled glaze and the printed Varnmoor mark"),
                ("table.jpg", "Three mugs on a wooden table with coffee and biscuits")],
        seo=("Stoneware Mug 350 ml | Varnmoor", "Hand-thrown stoneware mug in chalk, moss or ink. 350 ml, dishwasher safe.")),
    dict(
        handle="night-repair-serum", title="Night Repair Serum No. 4 with Sea Buckthorn & Squalane", vendor="Varnmoor Apothecary",
        type="Face serum", category="Health & Beauty > Personal Care > Cosmetics > Skin Care",
        tags="serum, face oil, vegan, skin care", locale="en", material="Amber glass", color="Amber", options=("Title", None),
        body="<p>A light face oil for the evening. <strong>Varnmoor Night Repair Serum No. 4</strong> pairs cold-pressed "
             "sea buckthorn with plant squalane, and sinks in within a minute.</p><p><strong>How to use</strong></p>"
             "<ul><li>Warm 3&ndash;4 drops between clean palms</li><li>Press into clean, damp skin each evening</li></ul>"
             "<p>Vegan &amp; unscented. 30&nbsp;ml in amber glass with a dropper; the folding box is recycled board.</p>",
        variants=[variant("VM-SER-030", 120, 64, "38.00", option1="Default Title", barcode="2000000020013")],
        images=[("front.jpg", "Amber dropper bottle with a cream label, front"),
                ("detail.jpg", "Close-up of the printed label on amber glass"),
                ("cutout.png", "Dropper bottle cut out on a transparent background"),
                ("packaging.webp", "Bottle on a stone plinth beside its terracotta folding box")],
        seo=("Night Repair Serum | Varnmoor Apothecary", "Face oil with sea buckthorn and squalane, 30 ml amber glass dropper bottle.")),
    dict(
        handle="leder-notizbuch", title="Ledernotizbuch A5 mit Gummiband, cognacbraun", vendor="Varnmoor", type="Notizbuch",
        category="Office Supplies > General Supplies > Paper Products > Notebooks & Notepads",
        tags="Notizbuch, Leder, Schreibwaren, Geschenk", locale="de", material="Rindsleder", color="Cognacbraun", options=("Lineatur", None),
        body="<p>Das <strong>Varnmoor Ledernotizbuch</strong> begleitet Sie über Jahre: pflanzlich gegerbtes Rindsleder, "
             "das mit jedem Tag schöner wird, von Hand mit gewachstem Garn genäht.</p>"
             "<ul><li>Format A5 (14,8 &times; 21 cm), 192 Seiten</li><li>Säurefreies Papier, 100 g/m&sup2;, füllertauglich</li>"
             "<li>Gummiband, Lesebändchen &amp; geprägtes Zeichen</li><li>Nachfüllbar &ndash; der Umschlag bleibt</li></ul>"
             "<p>Größe und Farbe können leicht abweichen, denn Leder ist ein Naturmaterial.</p>",
        variants=[variant("VM-NB-A5-L", 410, 25, "49.90", option1="Liniert", barcode="2000000030012"),
                  variant("VM-NB-A5-D", 410, 19, "49.90", option1="Punktraster", barcode="2000000030029")],
        images=[("front.jpg", "Cognacbraunes Ledernotizbuch mit Gummiband und rotem Lesebändchen"),
                ("detail.jpg", "Nahaufnahme der Naht, der Prägung und des Buchblocks"),
                ("stapel.jpg", "Zwei Notizbücher übereinander, daneben ein Bleistift")],
        seo=("Ledernotizbuch A5 | Varnmoor", "Notizbuch A5 aus pflanzlich gegerbtem Rindsleder mit Gummiband, 192 Seiten.")),
    dict(
        handle="scented-candle", title="Cedar & Smoke Scented Soy Candle", vendor="Varnmoor", type="Candle",
        category="Home & Garden > Decor > Home Fragrances > Candles",
        tags="candle, soy wax, home fragrance, sale", locale="en", material="Soy wax, glass, oak", color="Natural white", options=("Title", None),
        body="<p><strong>Cedar &amp; Smoke</strong> smells of cedarwood, birch tar and dried orange: a hut in the hills, late in the year.</p>"
             "<ul><li>220 g soy wax, cotton wick</li><li>Burns for about 45 hours</li><li>Glass 8 &times; 9.3 cm with an oak lid</li></ul>"
             "<p>Trim the wick to 5 mm &amp; never leave a burning candle unattended. <em>Now reduced.</em></p>",
        variants=[variant("VM-CAN-220", 540, 87, "21.00", "28.00", "2000000040011", "Default Title")],
        images=[("front.jpg", "Soy candle in a clear glass jar with a cream label"),
                ("lid.webp", "The candle with its oak lid beside it"),
                ("evening.jpg", "The candle burning on a dark table beside two books")],
        seo=("Cedar & Smoke Candle | Varnmoor", "Soy candle with cedarwood, birch tar and dried orange. 45 hours.")),
    dict(
        handle="olive-soap", title="صابون زيت الزيتون بزيت الغار الطبيعي – ١٥٠ غرامًا", vendor="Varnmoor Apothecary", type="صابون",
        category="Health & Beauty > Personal Care > Cosmetics > Bath & Body > Bar Soap",
        tags="صابون, زيت الزيتون, زيت الغار, عناية بالبشرة", locale="ar", material="زيت الزيتون وزيت الغار", color="أخضر زيتوني", options=("Title", None),
        body="<p>يُصنع <strong>صابون زيت الزيتون من Varnmoor</strong> يدويًّا بالطريقة التقليدية من زيت الزيتون البكر وزيت الغار الطبيعي، "
             "ثم يُترك ليجفّ تسعة أشهر قبل أن يُقطّع ويُختم.</p>"
             "<ul><li>الوزن الصافي: ١٥٠ غرامًا للقطعة الواحدة</li><li>المقاس: ٩ × ٦ × ٣٫٥ سم</li>"
             "<li>مناسب للوجه والجسم والشعر، وللبشرة الحساسة أيضًا</li><li>خالٍ من العطور والملوّنات الصناعية</li></ul>"
             "<p>يُحفظ في مكان جافّ بعيدًا عن الماء بين الاستعمال والآخر &amp; يدوم طويلًا.</p>",
        variants=[variant("VM-SOAP-150", 165, 120, "7.50", barcode="2000000050010", option1="Default Title")],
        images=[("front.jpg", "قطعة صابون زيت الزيتون ملفوفة بشريط ورقي مطبوع"),
                ("stack.jpg", "قطع صابون مرصوصة، إحداها تحمل ختم العلامة"),
                ("detail.webp", "صورة مقرّبة للختم البارز على سطح الصابون")],
        seo=("صابون زيت الزيتون | Varnmoor", "صابون تقليدي من زيت الزيتون وزيت الغار، مصنوع يدويًّا، ١٥٠ غرامًا.")),
    dict(
        handle="oak-board", title="Oak Chopping Board with Handle", vendor="Varnmoor", type="Chopping board",
        category="Home & Garden > Kitchen & Dining > Kitchen Tools & Utensils > Cutting Boards",
        tags="oak, board, kitchen, serving", locale="en", material="Oak", color="Natural oak", options=("Size", None),
        body="<p>Three staves of European oak, glued, planed &amp; oiled: the <strong>Varnmoor Oak Board</strong> carves, chops and serves.</p>"
             "<ul><li>35 &times; 17 &times; 2 cm (plus a larger 45 &times; 22 cm size)</li><li>Finished with food-safe linseed oil</li>"
             "<li>Hole in the handle for hanging</li></ul><p>Wash by hand, dry upright, oil twice a year.</p>",
        variants=[variant("VM-BRD-S", 820, 40, "39.00", option1="Small", barcode="2000000060019"),
                  variant("VM-BRD-L", 1480, 22, "59.00", option1="Large", barcode="2000000060026")],
        images=[("front.jpg", "Oak chopping board with a rounded handle"),
                ("detail.jpg", "Close-up of the grain and the branded mark"),
                ("kitchen.jpg", "The board on a stone worktop with lemons")],
        seo=("Oak Chopping Board | Varnmoor", "Oiled oak board with handle in two sizes.")),
    dict(
        handle="coffee-yirgacheffe", title="Yirgacheffe Whole Bean Coffee, washed, 250 g", vendor="Varnmoor Coffee Roasters", type="Coffee",
        category="Food, Beverages & Tobacco > Beverages > Coffee", tags="coffee, ethiopia, whole bean, filter, washed", locale="en",
        material="Arabica coffee", color="Medium roast", options=("Grind", "Weight"),
        body="<div style=\"font-family:Arial;color:#333\"><table width=\"100%\" cellpadding=\"0\"><tr><td>"
             "<table style=\"border:0\"><tr><td><p style=\"margin:0 0 12px\"><span style=\"font-size:14pt\"><strong>Varnmoor&nbsp;Coffee "
             "Roasters&nbsp;&nbsp;&nbsp;&mdash; Yirgacheffe</strong></span></p></td></tr><tr><td><p>Bergamot, apricot &amp; black tea.&nbsp; "
             "Grown at 1&nbsp;900&nbsp;m, washed, and roasted light to medium for filter.</p><p>&nbsp;</p></td></tr></table></td>"
             "<td valign=top><table><tr><td><b>Origin</b></td><td>Gedeo,&nbsp;Ethiopia</td></tr><tr><td><b>Variety</b></td><td>Heirloom<td></tr>"
             "<tr><td><b>Net weight</b></td><td>250&nbsp;g &#8494;</td></tr></table></td></tr></table>"
             "<script type=\"text/javascript\">window.dataLayer=window.dataLayer||[];dataLayer.push({'event':'view'});alert(\"<b>hi</b>\");</script>"
             "<style>.x{display:none}</style><!-- [if mso]> pasted from a word processor <![endif] --><p class=\"MsoNormal\" style=\"text-align:justify\"><o:p></o:p>"
             "Brew 15&nbsp;g with 250&nbsp;g of water at 94&nbsp;&deg;C in about three minutes.<br><br><br/></p><ul><li>Whole bean<li>Resealable kraft bag"
             "<li>Roasted to order &lt;&nbsp;7 days ago</ul></div>",
        variants=[variant("VM-COF-YIR-B", 265, 75, "14.50", barcode="2000000070018", option1="Whole bean", option2="250 g"),
                  variant("VM-COF-YIR-F", 265, 30, "14.50", barcode="2000000070025", option1="Filter", option2="250 g")],
        images=[("front.jpg", "Kraft coffee bag with an orange hills label"),
                ("cutout.png", "The coffee bag cut out on a transparent background"),
                ("beans.jpg", "The bag on a wooden table with a heap of roasted beans")],
        seo=("Yirgacheffe Coffee 250 g | Varnmoor", "Washed Ethiopian coffee with bergamot and apricot. Whole bean or filter grind.")),
    dict(
        handle="enamel-pot", title="Enamelled Steel Casserole 20 cm with Lid, 3.1 Litres – White with Blue Rim and an Oak Knob",
        vendor="Varnmoor", type="Casserole", category="Home & Garden > Kitchen & Dining > Cookware & Bakeware > Cookware > Stock Pots",
        tags="enamel, casserole, pot, kitchen, induction", locale="en", material="Enamelled steel", color="White, blue", options=("Title", None),
        body="<p>Light, quick and made to be handed down. The <strong>Varnmoor casserole</strong> is pressed from steel &amp; enamelled twice.</p>"
             "<ul><li>Diameter 20 cm, height 11 cm, 3.1 litres</li><li>Gas, electric, ceramic &amp; induction hobs; oven to 220&nbsp;&deg;C without the lid</li>"
             "<li>Turned oak knob</li></ul>",
        variants=[variant("VM-POT-20", 1650, 0, "64.00", barcode="2000000080017", option1="Default Title")],
        images=[("front.jpg", "White enamel casserole with blue rims and an oak knob"),
                ("angle.jpg", "The casserole seen from above and to the side"),
                ("detail.webp", "Close-up of the lid, the blue rim and the oak knob")],
        seo=("Enamel Casserole 20 cm | Varnmoor", "Enamelled steel casserole with lid, 3.1 litres, for all hobs.")),
    dict(
        handle="hand-cream", title="Oat & Meadowfoam Hand Cream 75 ml", vendor="Varnmoor Apothecary", type="Hand cream",
        category="Health & Beauty > Personal Care > Cosmetics > Skin Care > Lotion & Moisturizer", tags="hand cream, oat, skin care", locale="en",
        material="Oat oil, meadowfoam seed oil", color="Sage", options=("Title", None),
        body="<p>For dry, hard-working hands: <strong>Varnmoor Hand Cream</strong> absorbs quickly &amp; leaves no grease on the page you are reading.</p>",
        variants=[variant("VM-HC-075", 92, 140, "12.00", barcode="2000000090016", option1="Default Title")],
        images=[("tube.jpg", "Sage green hand cream tube standing on its cap")],
        seo=("Hand Cream | Varnmoor", "Oat and meadowfoam hand cream, 75 ml tube.")),
    dict(
        handle="lambswool-throw", title="Herringbone Lambswool Throw with Fringe", vendor="Varnmoor", type="Throw",
        category="Home & Garden > Linens & Bedding > Bedding > Blankets", tags="wool, throw, blanket, herringbone", locale="en",
        material="100 % lambswool", color="Oat, Moss, Rust", options=("Colour", "Size"),
        body="<p>Woven from pure new lambswool in a classic herringbone, washed soft &amp; finished with a hand-twisted fringe.</p>"
             "<ul><li><strong>Varnmoor</strong> throw, 130 &times; 180 cm</li><li>100&nbsp;% lambswool, 900 g</li><li>Air often, dry-clean when needed</li></ul>",
        variants=[variant("VM-THR-OAT", 900, 14, "119.00", option1="Oat", option2="130 × 180 cm", image="oat.jpg", barcode="2000000100015"),
                  variant("VM-THR-MOS", 900, 11, "119.00", option1="Moss", option2="130 × 180 cm", image="moss.jpg", barcode="2000000100022"),
                  variant("VM-THR-RST", 900, 9, "119.00", option1="Rust", option2="130 × 180 cm", image="rust.jpg", barcode="2000000100039")],
        images=[("oat.jpg", "Folded lambswool throw in oat"), ("moss.jpg", "The throw in moss green"), ("rust.jpg", "The throw in rust"),
                ("detail.jpg", "Close-up of the herringbone weave and the twisted fringe")],
        seo=("Lambswool Throw | Varnmoor", "Herringbone throw of pure lambswool in oat, moss or rust.")),
    dict(
        handle="terracotta-vase", title="Ridged Terracotta Vase, 21 cm", vendor="Varnmoor", type="Vase",
        category="Home & Garden > Decor > Vases", tags="vase, ceramic, terracotta, decor", locale="en", material="Ceramic", color="Terracotta", options=("Title", None),
        body="<p>A full belly, a slim neck &amp; fine throwing ridges: the <strong>Varnmoor vase</strong> is at home with a single branch or a bunch of dried grasses.</p>"
             "<ul><li>Height 21 cm, widest 13 cm, mouth 4 cm</li><li>Matte ceramic, glazed inside, watertight</li></ul>",
        variants=[variant("VM-VAS-21", 1100, 20, "46.00", barcode="2000000110014", option1="Default Title")],
        images=[("front.jpg", "Matte terracotta vase with fine ridges"), ("cutout.png", "The vase cut out on a transparent background"),
                ("sideboard.jpg", "The vase with dried grasses on a wooden sideboard")],
        seo=("Terracotta Vase | Varnmoor", "Matte ridged ceramic vase, 21 cm.")),
    dict(
        json=True, handle="sencha-tin", title="有機煎茶 缶入り 100g 一番摘み", vendor="Varnmoor Tea", type="日本茶",
        tags="煎茶, 緑茶, 有機, ギフト", locale="ja", material="有機緑茶(一番摘み)", color="深緑", options=("内容量", None),
        body="<p><strong>Varnmoor Tea の有機煎茶</strong>は、春いちばんに摘んだ若葉だけを蒸し、ていねいに揉み上げた緑茶です。"
             "さわやかな香りと、まろやかな甘みをお楽しみください。</p>"
             "<ul><li>内容量:100 g(缶入り)</li><li>缶の大きさ:直径 8 cm × 高さ 11 cm</li><li>原材料:有機緑茶</li></ul>"
             "<p>お湯は 70〜80&nbsp;&deg;C、浸出時間は約 1 分がおすすめです。ご自宅用にも &amp; 贈り物にも。</p>",
        variants=[variant("VM-TEA-SEN", 190, 55, "18.50", option1="100 g")],
        images=[("front.jpg", "深緑の茶缶、正面。ラベルに「煎茶」の文字"), ("cutout.png", "背景を切り抜いた茶缶"), ("table.jpg", "木のテーブルに置いた茶缶と湯のみ、茶葉")]),
    dict(
        json=True, handle="oak-wall-clock", title="Oak Wall Clock, Silent Sweep, 30 cm", vendor="Varnmoor", type="Wall clock",
        tags="clock, oak, wall, silent", locale="en", material="Oak, glass, brass", color="Natural oak", options=("Title", None),
        body="<p>A calm face for a busy room. The <strong>Varnmoor Wall Clock</strong> has a turned oak rim, a printed dial &amp; a brass second hand that sweeps without a tick.</p>"
             "<ul><li>Diameter 30 cm, depth 3.6 cm</li><li>One AA cell (not included)</li></ul>",
        variants=[variant("VM-CLK-30", 980, 12, "79.00", option1="Default Title")],
        images=[("front.jpg", "Round oak wall clock with black numerals, front"), ("side.jpg", "The clock from the side, showing the deep oak rim"),
                ("detail.webp", "Close-up of the dial, hands and brass cap")]),
    dict(
        json=True, handle="glass-carafe", title="Glass Carafe with Cork Ball & Tumbler", vendor="Varnmoor", type="Carafe",
        tags="carafe, glass, water, table", locale="en", material="Borosilicate glass, cork", color="Clear", options=("Title", None),
        body="<p>Mouth-blown &amp; feather-light: the <strong>Varnmoor Carafe</strong> keeps a litre of water at hand, closed with a ball of natural cork.</p>"
             "<ul><li>1 litre, height 26 cm</li><li>Heat-proof borosilicate glass</li><li>Dishwasher safe without the cork</li></ul>",
        variants=[variant("VM-CRF-100", 520, 33, "36.00", option1="Default Title")],
        images=[("front.jpg", "Clear glass carafe with a cork ball"), ("water.jpg", "The carafe and a tumbler on a table"), ("detail.webp", "Close-up of the cork ball in the neck")]),
]


# The collections a product stands in, and how many pieces of it were sold.
SHELVES = {
    "stoneware-mug": (["Kitchen", "Gifts"], 1204), "night-repair-serum": (["Bath"], 338), "leder-notizbuch": (["Desk", "Gifts"], 176),
    "scented-candle": (["Living", "Gifts", "Sale"], 912), "olive-soap": (["Bath", "Gifts"], 1530), "oak-board": (["Kitchen"], 264),
    "coffee-yirgacheffe": (["Kitchen"], 2087), "enamel-pot": (["Kitchen"], 58), "hand-cream": (["Bath", "Gifts"], 745),
    "lambswool-throw": (["Living"], 91), "terracotta-vase": (["Living", "Gifts"], 133), "sencha-tin": (["Kitchen", "Gifts"], 402),
    "oak-wall-clock": (["Living", "Desk"], 47), "glass-carafe": (["Kitchen"], 0),
}


def present(handle, images):
    return [(n, alt) for n, alt in images if os.path.exists(os.path.join(SHOP, "images", handle, n))]


def csv_rows(p, images):
    """One row per image, variant or collection, whichever needs more; the first carries the product."""
    collections, sold = SHELVES[p["handle"]]
    names = [n for n, _ in images]
    src = lambda n: "images/%s/%s" % (p["handle"], n)
    rows = []
    for i in range(max(len(images), len(p["variants"]), len(collections))):
        row = dict.fromkeys(HEADER, "")
        row["Handle"] = p["handle"]
        if i == 0:
            row.update({"Title": p["title"], "Body (HTML)": p["body"], "Vendor": p["vendor"], "Product Category": p["category"],
                        "Type": p["type"], "Tags": p["tags"], "Published": "true", "Option1 Name": p["options"][0],
                        "Option2 Name": p["options"][1] or "", "SEO Title": p["seo"][0], "SEO Description": p["seo"][1],
                        "Status": "active", "Locale": p["locale"], "Sold": sold, HEADER[-2]: p["material"], HEADER[-1]: p["color"]})
        if i < len(collections):
            row["Collection"] = collections[i]
        if i < len(p["variants"]):
            v = p["variants"][i]
            row.update({"Option1 Value": v["option1"], "Option2 Value": v["option2"], "Variant SKU": v["sku"],
                        "Variant Grams": v["grams"], "Variant Inventory Qty": v["qty"], "Variant Price": v["price"],
                        "Variant Compare At Price": v["compare"], "Variant Barcode": v["barcode"],
                        "Variant Image": src(v["image"]) if v["image"] in names else ""})
        if i < len(images):
            row.update({"Image Src": src(images[i][0]), "Image Position": i + 1, "Image Alt Text": images[i][1]})
        rows.append(row)
    return rows


def as_json(p, images):
    name = p["options"][0]
    collections, sold = SHELVES[p["handle"]]
    return {"handle": p["handle"], "title": p["title"], "bodyHtml": p["body"], "vendor": p["vendor"], "productType": p["type"],
            "tags": p["tags"].split(", "), "collections": collections, "stock": sum(v["qty"] for v in p["variants"]), "sold": sold,
            "locale": p["locale"], "status": "active",
            "options": [{"name": name, "values": [v["option1"] for v in p["variants"]]}],
            "variants": [{"sku": v["sku"], "price": v["price"], "currency": "EUR", "options": {name: v["option1"]},
                          "image": "images/%s/%s" % (p["handle"], v["image"] or images[0][0])} for v in p["variants"]],
            "images": [{"src": "images/%s/%s" % (p["handle"], n), "alt": alt} for n, alt in images],
            "attributes": {"material": p["material"], "color": p["color"]}}


def dump(path, value):
    with open(os.path.join(SHOP, path), "w", encoding="utf-8", newline="\n") as f:
        json.dump(value, f, ensure_ascii=False, indent=2)
        f.write("\n")


def main():
    rows = []
    for p in PRODUCTS:
        images = present(p["handle"], p["images"])
        if not images:
            continue
        if p.get("json"):
            dump("products/%s.json" % p["handle"], as_json(p, images))
        else:
            rows += csv_rows(p, images)
    with open(os.path.join(SHOP, "products.csv"), "w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, HEADER, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    dump("shop.json", {"name": "Varnmoor", "currency": "EUR", "locale": "en", "brand": {"color": "#2f4a3f", "logo": "brand/logo.png"}})


if __name__ == "__main__":
    main()
