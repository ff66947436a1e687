"""Sencha tin with a washi sleeve; leaves and a small bowl for the table picture."""
import random

from studio import *


def tin():
    """The tin and its lid, as two groups."""
    sleeve = printed("tea.png", 0.62, fibre=0.12)
    steel = metal((0.62, 0.55, 0.42), 0.3)
    body = lathe(fillet([(0, 0.01), (0.36, 0.01, 0.01), (0.385, 0, 0.01), (0.4, 0.015, 0.01), (0.4, 0.86)]), steel, 128, "Tin")
    wrap = wrap_label(0.4, 0.03, 0.85, 359.9, sleeve, steps=160)
    cap = Mat("Lid")
    cap.set(Base_Color=rgb("#1f3a30"), Roughness=0.35, Specular=0.5)
    cap.bump(cap.noise(70, 3), 0.05, 0.005)
    lid = lathe(fillet([(0.4, 0.86), (0.412, 0.86, 0.004), (0.414, 1.08, 0.03), (0.40, 1.10, 0.02), (0.35, 1.10, 0.02),
                        (0.33, 1.085, 0.02), (0, 1.085)]), cap, 128, "Lid")
    line = lathe([(0.4125, 0.872), (0.4165, 0.876), (0.4165, 0.892), (0.4125, 0.896)], metal((0.85, 0.65, 0.3), 0.22), 128, "Gilt")
    return group([body, wrap]), group([lid, line])


def leaf_material():
    m = Mat("Leaf")
    m.link(m.ramp(m.noise(14, 3), [(0.3, rgb("#1d2f17")), (0.7, rgb("#4a6130"))]), "Base Color")
    m.set(Roughness=0.6, Specular=0.35)
    return m


def leaves(n, center, spread, height, material, seed=1):
    """A heap of needle-shaped, twisted tea leaves."""
    rnd = random.Random(seed)
    kinds = []
    for k in range(7):
        bend = rnd.uniform(-0.02, 0.02)
        pts = [(-0.06, 0, 0), (-0.02, bend, 0.006), (0.02, -bend * 0.4, -0.004), (0.06, bend, 0.004)]
        pts = curve_points(pts, 4)
        radii = [0.003 + 0.0045 * math.sin(math.pi * i / (len(pts) - 1)) for i in range(len(pts))]
        o = tube(pts, radii, material, (1.5, 0.7), 7, "Leaf")
        o.location.z = -5
        kinds.append(o)
    for i in range(n):
        r = spread * abs(rnd.gauss(0, 0.5))
        a = rnd.uniform(0, math.tau)
        z = max(0.006, height * math.exp(-(r / spread * 1.9) ** 2) * rnd.uniform(0.75, 1.0))
        copy(rnd.choice(kinds), (center[0] + r * math.cos(a), center[1] + r * math.sin(a), center[2] + z),
             (rnd.uniform(-25, 25), rnd.uniform(-25, 25), rnd.uniform(0, 360)))


def bowl(loc):
    m = ceramic(rgb("#b8b3a0"), 0.9, 0.3)
    o = lathe(fillet([(0, 0.03), (0.18, 0.03, 0.01), (0.19, 0, 0.01), (0.22, 0, 0.02), (0.23, 0.05, 0.03), (0.42, 0.16, 0.12),
                      (0.46, 0.42, 0.02), (0.445, 0.44, 0.01), (0.43, 0.42, 0.02), (0.39, 0.18, 0.12), (0.2, 0.085, 0.05), (0, 0.08)]),
              m, 128, "Bowl", wobble=0.008)
    tea = Mat("Tea")
    tea.set(Base_Color=rgb("#7f8a35"), Roughness=0.03, Subsurface=0.3, Subsurface_Color=rgb("#8f9a45"), Subsurface_Radius=(0.1, 0.1, 0.03))
    fill = lathe([(0, 0.33), (0.412, 0.33), (0.425, 0.335)], tea, 96, "Tea")
    return group([o, fill], loc)


def main():
    new_scene(exposure=0.1)
    backdrop(rgb("#d9d6ca"))
    light_ecommerce()
    body, lid = tin()
    shoot("sencha-tin/front.jpg", view((0, 0, 0.55), 0, 9, 1.6, 90, 13), 1400, 1400, 16)
    shoot("sencha-tin/cutout.png", view((0, 0, 0.55), 18, 18, 1.42, 90, 22), 720, 900, 16, True)
    new_scene(exposure=0.1)
    light_window(1.0, side=1)
    wall(rgb("#8f9384"), 5)
    tabletop(wood(rgb("#2e1d10"), rgb("#6f5135"), 1.6, "X", 0.5, 5))
    body, lid = tin()
    body.location = lid.location = (-0.55, 0.35, 0)
    bowl((0.55, -0.1, 0))
    leaves(420, (-0.25, -0.62, 0), 0.34, 0.07, leaf_material())
    shoot("sencha-tin/table.jpg", view((0, 0, 0.52), 4, 18, 3.05, 80, 9, (-0.5, -0.1, 0.5)), 1120, 630, 16)


main()
