"""Clear glass carafe with a cork ball, water and a tumbler."""
from studio import *


def smooth(points, per=9):
    return [(max(0, r), z) for r, z in curve_points(points, per)]


def carafe(level=0.0):
    """A drop-shaped litre carafe; `level` is the height of the water inside."""
    outer = smooth([(0.42, 0.0), (0.50, 0.06), (0.545, 0.35), (0.50, 0.80), (0.36, 1.25), (0.22, 1.65), (0.185, 1.95), (0.215, 2.2), (0.27, 2.36)])
    inner = [(r - 0.032, z) for r, z in outer[::-1] if z > 0.11]
    profile = [(0, 0.012), (0.38, 0.0)] + outer + [(0.262, 2.372), (0.248, 2.370)] + inner + [(0.44, 0.075), (0.3, 0.06), (0, 0.058)]
    parts = [lathe(profile, glass((0.985, 0.995, 0.99)), 128, "Carafe")]
    if level:
        wall = [(r - 0.0325, z) for r, z in outer if 0.11 < z < level]
        r = wall[-1][0]
        parts.append(lathe([(0, 0.06), (0.3, 0.062), (0.44, 0.077)] + wall + [(r, level), (r - 0.012, level - 0.006), (0, level - 0.008)],
                           glass((0.97, 0.99, 1.0), 0, 1.33), 128, "Water"))
    return parts


def cork_ball():
    m = Mat("Cork")
    base = m.ramp(m.noise(9, 6, 0.7), [(0.3, rgb("#835830")), (0.55, rgb("#ae7f4c")), (0.8, rgb("#c69a63"))])
    pits = m.ramp(m.voronoi(13, stretch=(1, 1, 0.45)), [(0.12, 1.0), (0.3, 0.0)])
    holes = m.math("MULTIPLY", pits, m.ramp(m.noise(7, 3), [(0.43, 0.0), (0.52, 1.0)]))
    m.link(m.mix(holes, base, rgb("#4d2f17")), "Base Color")
    m.set(Roughness=0.9, Specular=0.15)
    m.bump(m.math("SUBTRACT", 1.0, holes), 0.6, 0.03)
    m.bump(m.noise(40, 5, 0.7), 0.3, 0.012)
    return sphere(0.29, (0, 0, 2.53), m, "Cork")


def tumbler(level=0.45):
    clear = glass((0.985, 0.995, 0.99))
    body = lathe(fillet([(0, 0.0), (0.27, 0.0, 0.05), (0.30, 0.05, 0.05), (0.345, 0.86, 0.01), (0.335, 0.872, 0.008), (0.322, 0.86, 0.008),
                         (0.28, 0.11, 0.06), (0.2, 0.085, 0.03), (0, 0.085)]), clear, 96, "Tumbler")
    r = 0.28 + (level - 0.11) * 0.042 / 0.75
    fill = lathe([(0, 0.086), (0.2, 0.087), (0.255, 0.098), (0.279, 0.13), (r - 0.001, level), (r - 0.012, level - 0.006), (0, level - 0.008)],
                 glass((0.97, 0.99, 1.0), 0, 1.33), 96, "Water")
    return group([body, fill])


def main():
    new_scene(exposure=0.1)
    backdrop(rgb("#c3cbcc"), depth=5)
    light_ecommerce(1.0, (0, 0, 1.2))
    softbox((-3.2, 1.2, 2), (0, 0, 1.2), (0.8, 5), 160)
    g = group(carafe() + [cork_ball()])
    shoot("glass-carafe/front.jpg", view((0, 0, 1.4), 0, 7, 3.5, 90, 14), 600, 800, 16)
    shoot("glass-carafe/detail.webp", view((0.1, 0, 2.35), 12, 14, 1.7, 100, 8, (0, -0.25, 2.45)), 640, 480, 16)
    new_scene(exposure=0.2)
    light_window(1.05, (0, 0, 0.9), side=1)
    wall(rgb("#93a09a"), 4)
    tabletop(wood(rgb("#6b4a2d"), rgb("#b48a5c"), 1.2, "X", 0.5, 14))
    group(carafe(1.25), (-0.3, 0.2, 0))
    tumbler().location = (0.75, -0.15, 0)
    ball = cork_ball()
    ball.location = (0.25, -0.75, 0.29)
    shoot("glass-carafe/water.jpg", view((0.1, 0, 1.05), 3, 12, 3.9, 80, 10, (0, -0.2, 1)), 800, 600, 16)


main()
