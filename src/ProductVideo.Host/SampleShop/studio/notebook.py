"""A5 notebook bound in leather, with elastic band and ribbon."""
from studio import *

TAN = rgb("#8a4d25")
W, H, T = 1.45, 2.1, 0.2


def hide(color, emboss=True):
    m = leather(color, 0.45, 0.8)
    if emboss:
        _, alpha = m.decal("notebook.png", (0.0, -0.72), (0.6, 0.24), "xy")
        base = m.bsdf.inputs["Base Color"].links[0].from_socket
        m.link(m.mix(alpha, base, shade(color, 0.35)), "Base Color")
        m.bump(m.math("SUBTRACT", 1.0, alpha), 0.8, 0.03)
    return m


def stitch_line(points, material):
    out = []
    for a, b in zip(points, points[1:]):
        a, b = Vector(a), Vector(b)
        p, q = a.lerp(b, 0.15), a.lerp(b, 0.85)
        mid = (p + q) / 2 + Vector((0, 0, 0.006))
        out.append(tube([p, p.lerp(mid, 0.6), mid, q.lerp(mid, 0.6), q], [0.004, 0.006, 0.006, 0.006, 0.004], material, sides=8, name="Stitch"))
    return out


def notebook(color=TAN, band=True):
    """Lying flat: spine on the left (-x), cover up."""
    cover = hide(color)
    plain = hide(color, False)
    c = 0.03
    top = slab(rounded_rect(W, H, 0.07), T - c, T, cover, 0.012, 4, "Cover")
    bottom = slab(rounded_rect(W, H, 0.07), 0, c, plain, 0.012, 4, "Back")
    spine_pts = [(-W / 2 + 0.035, T - c * 0.5), (-W / 2 - 0.02, T * 0.8), (-W / 2 - 0.03, T * 0.5), (-W / 2 - 0.02, T * 0.2), (-W / 2 + 0.035, c * 0.5)]
    prof = curve_points(spine_pts, 8)
    verts, faces = [], []
    for x, z in prof:
        verts += [(x, -H / 2 + 0.012, z), (x, H / 2 - 0.012, z)]
    for i in range(len(prof) - 1):
        faces.append((2 * i, 2 * i + 2, 2 * i + 3, 2 * i + 1))
    spine = mesh("Spine", verts, faces, plain, True)
    modifier(spine, "SOLIDIFY", thickness=0.03, offset=0)
    page = Mat("Pages")
    lines = page.noise(60, 2, 0.5, (0.02, 0.02, 1.6))
    page.link(page.ramp(lines, [(0.3, rgb("#b9a988")), (0.7, rgb("#e8dcc2"))]), "Base Color")
    page.set(Roughness=0.9, Specular=0.1)
    page.bump(lines, 0.5, 0.012)
    block = slab(rounded_rect(W - 0.09, H - 0.09, 0.05), c, T - c, page, 0.004, 2, "Block")
    block.location.x = -0.015
    parts = [top, bottom, spine, block]
    thread = plastic(shade(rgb("#d9c29a"), 0.9), 0.7)
    inset = 0.06
    edge = rounded_rect(W - 2 * inset, H - 2 * inset, 0.05, 3)
    pts = []
    for i in range(len(edge)):
        a, b = Vector(edge[i]), Vector(edge[(i + 1) % len(edge)])
        n = max(1, round((b - a).length / 0.058))
        pts += [(*a.lerp(b, k / n), T + 0.001) for k in range(n)]
    pts.append(pts[0])
    parts += stitch_line(pts, thread)
    if band:
        elastic = Mat("Elastic")
        rib = elastic.wave(26, "X", 0, 0)
        elastic.link(elastic.ramp(rib, [(0.0, (0.006, 0.006, 0.006)), (1.0, (0.035, 0.033, 0.03))]), "Base Color")
        elastic.set(Roughness=0.9, Specular=0.2)
        elastic.bump(rib, 0.5, 0.01)
        x, e = W / 2 - 0.2, 0.012
        loop = fillet([(-H / 2 - e, T / 2), (-H / 2 - e, T + e, 0.025), (H / 2 + e, T + e, 0.025), (H / 2 + e, -e * 0.2, 0.025),
                       (-H / 2 - e, -e * 0.2, 0.025), (-H / 2 - e, T / 2)], 6)[:-1]
        parts.append(tube([(x, y, z) for y, z in loop], 0.01, elastic, (3.6, 0.75), 20, "Band", True, up=(0, 1, 0)))
    ribbon = cloth(rgb("#7e2430"), thread=120, strength=0.2)
    line = curve_points([(-0.35, -H / 2 + 0.1, 0.1), (-0.35, -H / 2 - 0.05, 0.1), (-0.36, -H / 2 - 0.14, 0.03), (-0.39, -H / 2 - 0.3, 0.008), (-0.37, -H / 2 - 0.48, 0.006)], 8)
    parts.append(tube(line, 0.01, ribbon, (3.0, 0.3), 12, "Ribbon", up=(0, 0, 1)))
    return group(parts)


def pencil():
    m = wood(rgb("#9a6c3c"), rgb("#d6ab72"), 2, "X", 0.5, 4)
    body = tube([(-0.9, 0, 0), (0.62, 0, 0)], 0.036, plastic(rgb("#23372f"), 0.3), sides=6, name="Pencil")
    cone = tube([(0.62, 0, 0), (0.76, 0, 0)], [0.036, 0.012], m, sides=24)
    tip = tube([(0.76, 0, 0), (0.805, 0, 0)], [0.012, 0.002], metal((0.08, 0.08, 0.08), 0.4), sides=16)
    cap = tube([(-0.92, 0, 0), (-0.8, 0, 0)], 0.0375, metal((0.9, 0.7, 0.35), 0.25), sides=24)
    return group([body, cone, tip, cap])


def main():
    new_scene(exposure=0.08)
    backdrop(rgb("#d8d4cc"), depth=9)
    light_ecommerce(1.0, (0, 0, 0.1))
    g = notebook()
    g.rotation_euler = (0, 0, math.radians(14))
    shoot("leder-notizbuch/front.jpg", view((0, -0.05, 0.1), 0, 52, 2.9, 90, 14), 900, 1200, 16)
    shoot("leder-notizbuch/detail.jpg", view((0.3, -0.95, 0.15), 24, 30, 1.35, 100, 6, (0.3, -0.98, 0.2)), 1140, 760, 16)
    g2 = notebook(rgb("#2c2a29"), True)
    g2.location = (0.2, 0.05, 0)
    g2.rotation_euler = (0, 0, math.radians(-9))
    g.location = (0.0, 0, 0.215)
    p = pencil()
    p.location = (0.95, -0.9, 0.033)
    p.rotation_euler = (0, 0, math.radians(64))
    shoot("leder-notizbuch/stapel.jpg", view((0.12, 0, 0.15), 28, 30, 3.0, 85, 9, (0.2, -0.9, 0.3)), 1120, 840, 18)


main()
