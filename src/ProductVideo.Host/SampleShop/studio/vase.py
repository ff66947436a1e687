"""Matte ceramic vase with dried grasses."""
import random

from studio import *


def vase(color):
    m = Mat("MatteGlaze")
    m.link(m.ramp(m.noise(2, 6, 0.6), [(0.3, shade(color, 0.86)), (0.7, color)]), "Base Color")
    m.set(Roughness=0.78, Specular=0.3)
    m.bump(m.wave(9, "Z", 1.2, 2), 0.14, 0.03)
    m.bump(m.noise(45, 5, 0.7), 0.3, 0.012)
    pts = curve_points([(0.30, 0.02), (0.46, 0.2), (0.62, 0.55), (0.66, 0.9), (0.52, 1.25), (0.27, 1.5), (0.175, 1.68), (0.18, 1.9), (0.24, 2.05)], 10)
    inner = [(r - 0.045, z) for r, z in pts[::-1] if z > 0.9]
    rim = [(0.232, 2.068), (0.215, 2.068), (0.2, 2.055)]
    return lathe([(0, 0.0), (0.26, 0.0), (0.29, 0.008)] + pts + rim + inner, m, 160, "Vase", wobble=0.006)


def grass(seed=2, count=11):
    """Bunny-tail stems: thin stalks with soft seed heads."""
    rnd = random.Random(seed)
    stalk = plastic(rgb("#a98d5c"), 0.7)
    head_mat = Mat("Head")
    head_mat.link(head_mat.ramp(head_mat.noise(20, 4), [(0.3, rgb("#bfa273")), (0.7, rgb("#e6d5ae"))]), "Base Color")
    head_mat.set(Roughness=1.0, Specular=0.05, Sheen=0.5)
    for i in range(count):
        a, lean = rnd.uniform(0, math.tau), rnd.uniform(0.15, 0.75)
        top = rnd.uniform(2.9, 3.7)
        dx, dy = math.cos(a) * lean, math.sin(a) * lean * 0.6
        line = curve_points([(dx * 0.05, dy * 0.05, 1.2), (dx * 0.15, dy * 0.15, 2.0), (dx * 0.5, dy * 0.5, (top + 2) / 2), (dx, dy, top), (dx * 1.2, dy * 1.2, top + 0.22)], 8)
        tube(line[:-7], 0.011, stalk, sides=8, name="Stalk")
        seg = line[-14:]
        n = len(seg)
        radii = [0.015 + 0.085 * math.sin(math.pi * (k + 0.4) / n) ** 0.7 for k in range(n)]
        o = tube(seg, radii, head_mat, sides=20, name="Head")
        p = modifier(o, "PARTICLE_SYSTEM").particle_system.settings
        p.type = "HAIR"
        p.count = 650
        p.hair_length = 0.13
        p.hair_step = 2
        p.brownian_factor = 0.03
        p.normal_factor = 0.02
        p.tangent_factor = 0.0
        p.root_radius = 0.35
        p.tip_radius = 0.05
        p.radius_scale = 0.01
        p.material = 1


def main():
    new_scene(exposure=0.05)
    backdrop(rgb("#cfc3b3"))
    light_ecommerce(1.0, (0, 0, 1.0))
    vase(rgb("#a8623f"))
    shoot("terracotta-vase/front.jpg", view((0, 0, 1.02), 0, 7, 2.9, 90, 14), 900, 1200, 16)
    shoot("terracotta-vase/cutout.png", view((0, 0, 1.04), 0, 7, 2.32, 90, 22), 750, 1000, 18, True)
    new_scene(exposure=0.05)
    light_window(1.05, (0, 0, 1.4))
    wall(rgb("#b7ab9b"), 3.2)
    tabletop(wood(rgb("#5d3c22"), rgb("#a97e52"), 1.2, "X", 0.5, 11), center=(0, 0))
    vase(rgb("#a8623f"))
    grass()
    small = vase(rgb("#e4d9c6"))
    small.scale = (0.5, 0.5, 0.5)
    small.location = (1.05, -0.25, 0)
    shoot("terracotta-vase/sideboard.jpg", view((0.2, 0, 1.75), 4, 8, 4.9, 80, 10, (0, -0.6, 1)), 640, 800, 16)


main()
