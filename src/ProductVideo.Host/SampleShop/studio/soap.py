"""Olive-oil soap bars in a printed paper band."""
from studio import *


def bar_material():
    m = Mat("Soap")
    tone = m.ramp(m.noise(2.2, 5, 0.6), [(0.25, rgb("#75763a")), (0.5, rgb("#8f8c4c")), (0.8, rgb("#a39c60"))])
    m.link(tone, "Base Color")
    m.set(Subsurface=0.12, Subsurface_Color=rgb("#b6b560"), Subsurface_Radius=(0.08, 0.08, 0.03), Roughness=0.55, Specular=0.35)
    m.bump(m.noise(7, 8, 0.65), 0.35, 0.03)
    m.bump(m.noise(60, 4, 0.7), 0.15, 0.01)
    return m


def bar(material, stamped=False):
    if stamped:
        _, alpha = material.decal("stamp.png", (0, 0), (0.4, 0.4), "xy")
        base = material.bsdf.inputs["Base Color"].links[0].from_socket
        material.link(material.mix(material.math("MULTIPLY", alpha, 0.5), base, rgb("#6d7034")), "Base Color")
        material.bump(material.math("SUBTRACT", 1.0, alpha), 1.0, 0.05)
    o = box((0.86, 0.6, 0.36), (0, 0, 0), material, 0.035, 5, "Bar")
    return o


def banded():
    """A standing bar with its paper band, label to the camera."""
    o = box((0.9, 0.34, 0.62), (0, 0, 0.31), bar_material(), 0.035, 5, "Bar")
    kraft = paper(rgb("#efe6d0"), 0.75, 0.08)
    e = 0.008
    loop = rounded_rect(0.62 + 2 * e, 0.34 + 2 * e, 0.038, 6)
    verts, faces = [], []
    for z, y in loop:
        verts += [(-0.36, y, z + 0.31), (0.36, y, z + 0.31)]
    n = len(loop)
    for i in range(n):
        j = (i + 1) % n
        faces.append((2 * i, 2 * j, 2 * j + 1, 2 * i + 1))
    sleeve = mesh("Band", verts, faces, kraft, True, auto=60)
    label = panel(0.72, 0.45, (0, -0.17 - e - 0.0025, 0.31), printed("soap.png", 0.7, fibre=0.06))
    return group([o, sleeve, label])


def main():
    new_scene(exposure=-0.1)
    backdrop(rgb("#ddd0b8"))
    light_ecommerce(1.0, (0, 0, 0.3))
    g = banded()
    shoot("olive-soap/front.jpg", view((0, 0, 0.32), 0, 9, 1.35, 90, 12), 1000, 1000, 20)
    g.location = (0.12, 0.1, 0.36)
    g.rotation_euler = (0, 0, math.radians(-6))
    a = bar(bar_material())
    a.location, a.rotation_euler = (-0.2, 0.12, 0.18), (0, 0, math.radians(5))
    b = bar(bar_material())
    b.location, b.rotation_euler = (0.72, 0.2, 0.18), (0, 0, math.radians(-7))
    c = bar(bar_material(), True)
    c.location, c.rotation_euler = (-0.75, -0.55, 0.19), (math.radians(12), 0, math.radians(24))
    c.location.z = 0.24
    shoot("olive-soap/stack.jpg", view((0, 0, 0.42), -8, 20, 2.5, 80, 10, (0, -0.3, 0.5)), 880, 660, 16)
    shoot("olive-soap/detail.webp", view((-0.72, -0.55, 0.3), -14, 40, 1.2, 100, 6, (-0.75, -0.6, 0.42)), 640, 640, 16)


main()
