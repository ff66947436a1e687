"""Stoneware mug in three glazes."""
from studio import *

GLAZES = {
    "chalk": (rgb("#ddd3c1"), 0.85, (0.09, 0.06, 0.04)),
    "moss": (rgb("#66735a"), 0.75, (0.05, 0.05, 0.03)),
    "ink": (rgb("#263a54"), 0.5, (0.01, 0.012, 0.02)),
}


def glaze(key):
    """A glaze with the printed mark, leaving bare clay at the foot."""
    color, speckle, dots = GLAZES[key]
    m = ceramic(color, speckle, 0.25, dots)
    ink, alpha = m.decal("mug.png", (0, 0.5), (0.44, 0.44))
    tone = ink if key == "chalk" else rgb("#efe7d8")
    col = m.mix(m.math("MULTIPLY", alpha, 0.92), m.glaze, tone)
    foot = m.ramp(m.math("ADD", m.axis(2), m.math("MULTIPLY", m.noise(3, 2), 0.02)),
                  [(0.085, 1.0), (0.092, 0.0)])
    clay = m.ramp(m.noise(40, 6, 0.7), [(0.3, rgb("#a98a66")), (0.7, rgb("#c4a783"))])
    m.link(m.mix(foot, col, clay), "Base Color")
    rough = m.bsdf.inputs["Roughness"].links[0].from_socket
    m.link(m.mix(foot, rough, 0.9), "Roughness")
    return m


def mug(material):
    profile = fillet([(0, 0.015), (0.30, 0.015, 0.02), (0.33, 0, 0.01), (0.37, 0, 0.015), (0.43, 0.05, 0.05),
                      (0.435, 0.98, 0.03), (0.425, 1.0, 0.012), (0.395, 0.995, 0.02), (0.385, 0.12, 0.1), (0, 0.09)])
    body = lathe(profile, material, 160, "Mug", wobble=0.003)
    line = curve_points([(0.405, 0, 0.80), (0.52, 0, 0.84), (0.66, 0, 0.78), (0.735, 0, 0.60), (0.70, 0, 0.40),
                         (0.58, 0, 0.26), (0.405, 0, 0.24)], 10)
    n = len(line)
    radii = [0.052 + 0.022 * abs(2 * i / (n - 1) - 1) ** 3 for i in range(n)]
    handle = tube(line, radii, material, (1.25, 0.8), 32, "Handle", up=(0, 1, 0))
    modifier(handle, "SUBSURF", levels=1, render_levels=1)
    return group([body, handle]), [body, handle]


def coffee_fill():
    m = Mat("Coffee")
    m.set(Base_Color=(0.018, 0.008, 0.004), Roughness=0.06, Specular=0.5)
    foam = m.ramp(m.voronoi(20), [(0.0, 0.0), (0.3, 1.0)])
    ring = m.math("GREATER_THAN", m.noise(5, 3), 0.62)
    m.link(m.mix(m.math("MULTIPLY", ring, foam), (0.018, 0.008, 0.004), (0.07, 0.035, 0.015)), "Base Color")
    return lathe([(0.0, 0.82), (0.375, 0.82), (0.3855, 0.828)], m, 96, "Coffee")


def main():
    new_scene(exposure=0.15)
    backdrop(rgb("#dcd6cb"))
    light_ecommerce()
    g, parts = mug(glaze("chalk"))
    g.rotation_euler = (0, 0, math.radians(-16))
    for key in GLAZES:
        m = glaze(key)
        for p in parts:
            paint(p, m)
        shoot("stoneware-mug/%s.jpg" % key, view((0.09, 0, 0.49), 0, 13, 1.75, 90, 11), 1200, 1200, 20)
        if key == "chalk":
            shoot("stoneware-mug/detail.jpg", view((0.0, -0.3, 0.62), -26, 20, 0.85, 100, 7, (-0.1, -0.42, 0.6)), 960, 1200, 20)
    new_scene(exposure=0.1)
    light_window(1.0)
    wall(rgb("#b9b2a4"), 5)
    tabletop(wood(rgb("#3f2614"), rgb("#8d6038"), 1.6, "X", 0.5, 2))
    a, parts = mug(glaze("ink"))
    a.rotation_euler = (0, 0, math.radians(-25))
    coffee_fill().parent = a
    b, _ = mug(glaze("chalk"))
    b.location = (-0.95, 0.95, 0)
    b.rotation_euler = (0, 0, math.radians(200))
    c, _ = mug(glaze("moss"))
    c.location = (0.7, 1.5, 0)
    c.rotation_euler = (0, 0, math.radians(30))
    plate = ceramic(rgb("#ddd3c1"), 0.7)
    lathe(fillet([(0, 0.02), (0.4, 0.02, 0.02), (0.42, 0.0, 0.01), (0.5, 0.0, 0.02), (0.78, 0.09, 0.05),
                  (0.785, 0.11, 0.01), (0.76, 0.11, 0.02), (0.5, 0.045, 0.06), (0, 0.04)]), plate, 128).location = (-1.25, -0.25, 0)
    biscuit = Mat("Biscuit")
    biscuit.link(biscuit.ramp(biscuit.noise(12, 5), [(0.3, rgb("#8f5a2b")), (0.7, rgb("#c4914f"))]), "Base Color")
    biscuit.set(Roughness=0.85)
    biscuit.bump(biscuit.noise(18, 6, 0.7), 0.6, 0.05)
    for i, (x, y, z) in enumerate(((-1.35, -0.3, 0.085), (-1.12, -0.22, 0.1), (-1.27, -0.15, 0.17))):
        o = lathe(fillet([(0, 0), (0.2, 0, 0.03), (0.22, 0.04, 0.03), (0.19, 0.08, 0.04), (0, 0.085)]), biscuit, 64, wobble=0.02)
        o.location = (x, y, z)
        o.rotation_euler = (0.05 * i, 0.12 * (i - 1), i)
    shoot("stoneware-mug/table.jpg", view((-0.1, 0.2, 0.42), 8, 22, 3.1, 70, 9, (0, -0.3, 0.6)), 1350, 900, 22)


main()
