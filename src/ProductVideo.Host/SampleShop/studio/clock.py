"""Wall clock: oak rim, printed dial, glass, brass second hand."""
from studio import *


def hand(length, width, tail, z, angle, material, taper=0.6):
    w = width / 2
    o = slab([(-w, -tail), (w, -tail), (w * taper, length), (-w * taper, length)], z, z + 0.012, material, 0.003, 2, "Hand")
    o.rotation_euler = (0, 0, -math.radians(angle))
    return o


def clock():
    """Built lying on its back, dial up; radius 1.5."""
    oak = wood(rgb("#7d5530"), rgb("#c79e6a"), 1.3, "X", 0.45, 9)
    rim = lathe(fillet([(1.36, 0.0), (1.5, 0.0, 0.03), (1.5, 0.36, 0.05), (1.40, 0.36, 0.03), (1.37, 0.33, 0.02), (1.37, 0.14)]), oak, 160, "Rim")
    face = Mat("Dial")
    col, _ = face.image("clock.png", face.mapped((1 / 2.8, 1 / 2.8, 1), (0.5, 0.5, 0)), "EXTEND")
    face.link(col, "Base Color")
    face.set(Roughness=0.6, Specular=0.3)
    dial = lathe([(0, 0.14), (1.375, 0.14)], face, 128, "Dial")
    black = plastic((0.015, 0.015, 0.016), 0.4, grain=0)
    brass = metal((0.83, 0.6, 0.28), 0.25)
    parts = [rim, dial, hand(0.72, 0.075, 0.2, 0.17, 304.5, black), hand(1.08, 0.055, 0.22, 0.195, 54, black),
             hand(1.15, 0.018, 0.32, 0.22, 210, brass, 0.5)]
    parts.append(lathe(fillet([(0, 0.16), (0.07, 0.16), (0.07, 0.235, 0.01), (0, 0.24)]), brass, 48, "Cap"))
    parts.append(lathe(fillet([(0, 0.30), (1.375, 0.30), (1.375, 0.315), (0, 0.315)]), glass((0.99, 1, 0.995)), 96, "Glass"))
    return group(parts)


def main():
    new_scene(exposure=0.05)
    wall(rgb("#d6d0c4"), 0.0)
    softbox((-5, -6, 6.5), (0, 0, 2), (3, 3), 900, (1, 0.97, 0.93))
    softbox((6, -5, 3), (0, 0, 2), (3, 4), 130, (0.93, 0.96, 1))
    g = clock()
    g.location = (0, 0, 2)
    g.rotation_euler = (math.radians(90), 0, 0)
    shoot("oak-wall-clock/front.jpg", view((0, 0, 1.95), 0, 0, 4.0, 85, 16), 1100, 1100, 18)
    shoot("oak-wall-clock/side.jpg", view((0.1, 0, 2.0), -23, 7, 4.1, 85, 11, (-0.2, -0.3, 2)), 640, 800, 16)
    shoot("oak-wall-clock/detail.webp", view((0.55, -0.2, 2.5), 28, -4, 2.0, 100, 6, (0.5, -0.2, 2.45)), 750, 500, 18)


main()
