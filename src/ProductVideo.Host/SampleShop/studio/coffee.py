"""Coffee bag with folded top and printed front, beans and a scoop."""
import random

from studio import *


def bag_mesh(material, w=1.02, d=0.56, h=1.72, n=72):
    """A filled flat-bottom bag: boxy below, pinched to a flat seam above."""
    verts, faces, uvs = [], [], []
    rows = 84
    for j in range(rows + 1):
        v = j / rows
        z = h * v
        t = min(1, max(0, (v - 0.50) / 0.42))
        t = t * t * (3 - 2 * t)
        depth = d * (1 - t) + 0.026 * t
        foot = 1 - 0.05 * max(0, 1 - v / 0.04) ** 2
        width = (w * (1 - 0.015 * math.sin(math.pi * v)) + 0.02 * t) * foot
        depth *= foot
        power = 7.0 - 3.2 * math.sin(math.pi * min(1, v / 0.7)) + 2 * t
        for i in range(n):
            a = 2 * math.pi * i / n - math.pi / 2
            ca, sa = math.cos(a), math.sin(a)
            x = width / 2 * math.copysign(abs(ca) ** (2 / power), ca)
            y = depth / 2 * math.copysign(abs(sa) ** (2 / power), sa)
            belly = 0.07 * math.sin(math.pi * min(1, v / 0.78)) ** 0.8 * (1 - (2 * x / w) ** 2)
            side = abs(2 * x / w) ** 6 * t * (1 - t) * 0.10
            y += math.copysign(belly, sa) * (1 - t)
            crease = 0.012 * math.sin(9 * x + 14 * v) * math.sin(7 * v + 3 * x) * (1 - abs(2 * v - 1.1))
            fold = 0.022 * t * (1 - t) * 4 * (math.sin(11 * x + 2.0) * 0.6 + math.sin(23 * x + 5 * v))
            y += math.copysign(1, sa) * (crease + fold * 0.6)
            verts.append((x - math.copysign(side, x), y, z))
            uvs.append((x / w + 0.5, v))
    for j in range(rows):
        for i in range(n):
            k = (i + 1) % n
            faces.append((j * n + i, j * n + k, (j + 1) * n + k, (j + 1) * n + i))
    faces.append(tuple(range(n - 1, -1, -1)))
    faces.append(tuple(range(rows * n, (rows + 1) * n)))
    o = mesh("Bag", verts, faces, material, True, uvs, 65)
    modifier(o, "SUBSURF", levels=1, render_levels=1)
    return o


def bag(color=rgb("#9a7145")):
    m = Mat("BagFilm")
    label, alpha = m.decal("coffee.png", (0, 0.72), (0.80, 1.0))
    m.link(m.mix(alpha, color, label), "Base Color")
    m.link(m.mix(alpha, m.ramp(m.noise(6, 4), [(0.3, 0.42), (0.7, 0.58)]), 0.5), "Roughness")
    m.set(Specular=0.4)
    m.bump(m.noise(2.6, 5, 0.6, (1, 1, 0.6), 1.2), 0.35, 0.06)
    m.bump(m.noise(120, 3), 0.06, 0.005)
    o = bag_mesh(m)
    tie_mat = plastic(rgb("#2b211b"), 0.5)
    tie = box((1.12, 0.06, 0.09), (0, 0, 1.57), tie_mat, 0.012, 3, "Tie")
    tabs = [box((0.05, 0.075, 0.11), (s * 0.555, 0, 1.57), tie_mat, 0.012, 3, "Tab") for s in (-1, 1)]
    return group([o, tie] + tabs)


def bean_material():
    m = Mat("Bean")
    m.link(m.ramp(m.noise(6, 4), [(0.3, rgb("#2a150b")), (0.7, rgb("#4d2a17"))]), "Base Color")
    m.link(m.ramp(m.noise(12, 3), [(0.3, 0.3), (0.7, 0.5)]), "Roughness")
    m.bump(m.noise(30, 4), 0.25, 0.01)
    return m


def bean(material):
    """An ellipsoid, flat below, with the centre cut."""
    bpy.ops.mesh.primitive_uv_sphere_add(segments=40, ring_count=24, radius=1)
    o = bpy.context.object
    for v in o.data.vertices:
        x, y, z = v.co
        groove = math.exp(-((y + 0.07 * math.sin(3 * x)) / 0.11) ** 2) * 0.3 if z > 0 else 0
        z = z * (0.55 if z > 0 else 0.95) - groove
        v.co = (x * 0.062, y * 0.045, z * 0.034)
    for p in o.data.polygons:
        p.use_smooth = True
    o.data.materials.append(material.m)
    return o


def scatter(n, center, spread, heap, seed=3):
    rnd = random.Random(seed)
    proto = bean(bean_material())
    proto.location.z = -3
    for i in range(n):
        r, a = spread * abs(rnd.gauss(0, 0.45)), rnd.uniform(0, math.tau)
        z = max(0.03, heap * math.exp(-(r / spread * 1.7) ** 2) * rnd.uniform(0.6, 1.0))
        flip = rnd.choice((0, 180))
        copy(proto, (center[0] + r * math.cos(a), center[1] + r * math.sin(a), center[2] + z),
             (flip + rnd.uniform(-30, 30), rnd.uniform(-25, 25), rnd.uniform(0, 360)))


def main():
    new_scene(exposure=0.05)
    backdrop(rgb("#d3c6b4"))
    light_ecommerce(1.0, (0, 0, 0.8))
    g = bag()
    shoot("coffee-yirgacheffe/front.jpg", view((0, 0, 0.84), 0, 5, 2.35, 90, 14), 960, 1200, 18)
    shoot("coffee-yirgacheffe/cutout.png", view((0, 0, 0.86), 0, 4, 1.92, 90, 22), 675, 900, 20, True)
    new_scene(exposure=0.1)
    light_window(1.0)
    wall(rgb("#8a6f58"), 5)
    tabletop(wood(rgb("#3a2515"), rgb("#83593a"), 1.3, "X", 0.5, 8))
    g = bag()
    g.location, g.rotation_euler = (-0.45, 0.3, 0), (0, 0, math.radians(10))
    scatter(170, (0.62, -0.35, 0), 0.55, 0.16)
    shoot("coffee-yirgacheffe/beans.jpg", view((0.05, 0, 0.78), 5, 15, 3.3, 80, 9, (-0.4, -0.1, 0.7)), 960, 640, 14)


main()
