"""Folded lambswool throw with fringe and a swing tag, in three colours."""
import random

from studio import *

SHADES = {"oat": "#b7a587", "moss": "#5c6648", "rust": "#8f4a2b"}


def wool(color):
    """Herringbone twill with a light stripe."""
    m = Mat("Wool", "UV")
    v = m.node("SeparateXYZ")
    m.link(m.coord.outputs["UV"], v.inputs[0])
    x, y = v.outputs[0], v.outputs[1]
    zig = m.math("ABSOLUTE", m.math("SUBTRACT", m.math("FRACT", m.math("MULTIPLY", x, 5.5)), 0.5))
    wob = m.math("MULTIPLY", m.noise(30, 3), 0.012)
    phase = m.math("ADD", m.math("ADD", y, wob), m.math("MULTIPLY", zig, 0.36))
    twill = m.math("ADD", m.math("MULTIPLY", m.math("SINE", m.math("MULTIPLY", phase, 150)), 0.5), 0.5)
    pale = blend(color, (0.75, 0.7, 0.6), 0.28)
    col = m.ramp(twill, [(0.2, shade(color, 0.62)), (0.55, color), (0.95, pale)])
    col = m.mix(0.3, col, m.ramp(m.noise(22, 5, 0.7), [(0.3, shade(color, 0.7)), (0.7, pale)]))
    m.link(col, "Base Color")
    m.set(Roughness=1.0, Specular=0.05, Sheen=0.35, Sheen_Tint=0.7)
    m.bump(twill, 0.5, 0.02)
    m.bump(m.noise(75, 4, 0.7), 0.5, 0.02)
    return m


def folded(material, w=2.6, d=1.9, layers=6, t=0.125):
    """One long strip folded back and forth into a stack, swept along x."""
    path = []
    half = d / 2
    rnd = random.Random(5)
    for k in range(layers):
        z = t * (k + 0.5)
        s = 1 if k % 2 == 0 else -1
        shrink = rnd.uniform(0, 0.05)
        n = 14
        for i in range(n + 1):
            path.append((s * (-half + shrink + (d - 2 * shrink) * i / n), z))
        if k < layers - 1:
            for i in range(1, 8):
                a = -math.pi / 2 + math.pi * i / 8
                path.append((s * (half - shrink + t * 0.62 * math.cos(a)), z + t / 2 + t / 2 * math.sin(a)))
    cols = 60
    verts, faces, uvs = [], [], []
    length = 0
    for j, (y, z) in enumerate(path):
        if j:
            length += math.dist(path[j - 1], path[j])
        for i in range(cols + 1):
            u = i / cols
            x = -w / 2 + w * u
            f = z / (t * layers)
            lift = 0.02 * f * (math.sin(2.1 * x + 3 * f + 0.8 * y) + 0.5 * math.sin(4.3 * x - 2 * y + 6 * f))
            sag = -0.05 * f * (abs(u - 0.5) * 2) ** 4
            push = 0.03 * math.sin(3 * z * 8 + 1.5 * x)
            verts.append((x + 0.02 * math.sin(9 * z + y), y + push * f, z + lift + sag))
            uvs.append((u * w, length))
    for j in range(len(path) - 1):
        for i in range(cols):
            a = j * (cols + 1) + i
            faces.append((a, a + 1, a + cols + 2, a + cols + 1))
    o = mesh("Blanket", verts, faces, material, True, uvs)
    modifier(o, "SOLIDIFY", thickness=t * 0.9, offset=0)
    modifier(o, "SUBSURF", levels=1, render_levels=1)
    return o, path[-1]


def fringe(color, w, y, z, side):
    """Twisted tassels hanging over the front edge."""
    m = Mat("Yarn")
    m.link(m.ramp(m.wave(30, "Z", 3, 2), [(0.2, shade(color, 0.65)), (0.8, blend(color, (0.75, 0.7, 0.6), 0.2))]), "Base Color")
    m.set(Roughness=1.0, Specular=0.05, Sheen=0.3)
    m.bump(m.wave(30, "Z", 3, 2), 0.6, 0.02)
    rnd = random.Random(8)
    out = []
    n = 34
    for i in range(n):
        x = -w / 2 + 0.04 + (w - 0.08) * i / (n - 1)
        j = [rnd.uniform(-0.03, 0.03) for _ in range(3)]
        pts = curve_points([(x, y - side * 0.06, z), (x + j[0] * 0.3, y + side * 0.05, z), (x + j[0], y + side * 0.12, z - 0.09),
                            (x + j[1], y + side * 0.13, z - 0.26), (x + j[2] * 1.6, y + side * 0.14, z - 0.40 + j[0])], 6)
        n2 = len(pts)
        radii = [0.02 + (0.012 if k > n2 - 5 else 0) + 0.003 * math.sin(k * 2.1) for k in range(n2)]
        out.append(tube(pts, radii, m, sides=10, name="Tassel"))
    return out


def throw(key):
    color = rgb(SHADES[key])
    o, end = folded(wool(color), layers=5)
    top = end[1]
    parts = [o] + fringe(color, 2.6, -0.95, top + 0.0, -1)
    tag = panel(0.42, 0.588, (0.72, -1.135, 0.36), printed("blanket.png", 0.7), (86, 0, 4))
    modifier(tag, "SOLIDIFY", thickness=0.008)
    cord = tube(curve_points([(0.70, -1.0, 0.72), (0.72, -1.13, 0.66), (0.725, -1.145, 0.62)], 6), 0.008, plastic(rgb("#d8c7a0"), 0.9), sides=8)
    return group(parts + [tag, cord])


def main():
    for key in SHADES:
        new_scene(exposure=-0.05)
        backdrop(rgb("#d4cec3"), depth=8)
        light_ecommerce(1.25, (0, 0, 0.3))
        g = throw(key)
        g.rotation_euler = (0, 0, math.radians(-24))
        shoot("lambswool-throw/%s.jpg" % key, view((0, 0, 0.28), 0, 22, 3.9, 85, 13), 960, 720, 14)
        if key == "moss":
            shoot("lambswool-throw/detail.jpg", view((-0.5, -0.9, 0.5), -20, 30, 1.5, 100, 6, (-0.5, -0.9, 0.6)), 720, 900, 14)


main()
