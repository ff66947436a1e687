"""Amber glass dropper bottle with printed label and folding box."""
from studio import *


def bottle():
    amber = glass((0.85, 0.43, 0.1), 0.0, 1.5)
    outer = [(0, 0.035), (0.13, 0.03, 0.02), (0.25, 0.0, 0.03), (0.29, 0.0, 0.04), (0.325, 0.05, 0.03), (0.325, 0.92, 0.1),
             (0.30, 1.0, 0.06), (0.13, 1.06, 0.06), (0.125, 1.14)]
    inner = [(0.095, 1.14), (0.10, 1.06, 0.05), (0.275, 0.98, 0.06), (0.295, 0.91, 0.08), (0.295, 0.09, 0.06), (0.24, 0.06, 0.04), (0, 0.075)]
    body = lathe(fillet(outer) + fillet(inner), amber, 128, "Bottle")
    oil = glass((0.98, 0.82, 0.45), 0.0, 1.4)
    fill = lathe(fillet([(0, 0.078), (0.24, 0.064, 0.04), (0.293, 0.094, 0.06), (0.293, 0.885), (0.286, 0.88, 0.01), (0, 0.88)]), oil, 96, "Oil")
    black = plastic((0.012, 0.012, 0.013), 0.32, grain=0.02)
    ring = lathe(fillet([(0, 1.12), (0.172, 1.12, 0.01), (0.172, 1.32, 0.015), (0.10, 1.335, 0.01), (0, 1.335)]), black, 128, "Collar")
    ribs = []
    for i in range(72):
        a = 2 * math.pi * i / 72
        r = box((0.007, 0.006, 0.16), (0.172 * math.cos(a), 0.172 * math.sin(a), 1.215), black, 0.002, 2, "Rib")
        r.rotation_euler = (0, 0, a)
        ribs.append(r)
    rubber = plastic((0.02, 0.02, 0.021), 0.55, grain=0.1)
    bulb = lathe(fillet([(0, 1.32), (0.105, 1.325, 0.01), (0.112, 1.36, 0.02), (0.092, 1.40, 0.03), (0.088, 1.59, 0.05),
                         (0.07, 1.68, 0.05), (0, 1.685)]), rubber, 96, "Bulb")
    pipette = lathe(fillet([(0.028, 1.2), (0.028, 0.22, 0.02), (0.012, 0.13)]) + [(0.007, 0.13)] +
                    fillet([(0.007, 0.14), (0.02, 0.22, 0.02), (0.02, 1.2)]), glass(), 48, "Pipette")
    label = wrap_label(0.325, 0.1, 0.86, 118, printed("serum.png", 0.55))
    return group([body, fill, ring, bulb, pipette, label] + ribs)


def carton():
    side = paper(rgb("#a9573a"), 0.6, 0.06)
    b = box((0.76, 0.76, 1.76), (0, 0, 0.88), side, 0.012, 3, "Carton")
    face = panel(0.745, 1.74, (0, -0.3812, 0.88), printed("serum-box.png", 0.6, fibre=0.06))
    lid = box((0.73, 0.006, 0.004), (0, -0.382, 1.73), side, 0, name="Edge")
    return group([b, face, lid])


def stone(color, size, loc):
    """A round plinth of rough stone."""
    m = Mat("Stone")
    m.link(m.ramp(m.noise(3, 8, 0.65), [(0.3, shade(color, 0.75)), (0.7, color)]), "Base Color")
    m.set(Roughness=0.85, Specular=0.25)
    m.bump(m.noise(16, 8, 0.7), 0.5, 0.03)
    o = lathe(fillet([(0, 0), (size, 0, 0.05), (size, 0.26, 0.05), (0, 0.26)]), m, 96, "Plinth", wobble=0.01)
    o.location = loc
    return o


def main():
    new_scene(exposure=0.05)
    backdrop(rgb("#e3d3c2"))
    light_ecommerce(1.0, (0, 0, 0.7))
    softbox((0.3, 3.6, 1.6), (0, 0, 0.5), (2.2, 2.2), 120, (1, 0.85, 0.65))
    g = bottle()
    shoot("night-repair-serum/front.jpg", view((0, 0, 0.82), 0, 7, 2.15, 100, 13), 1000, 1250, 24)
    shoot("night-repair-serum/detail.jpg", view((0, -0.3, 0.6), -22, 12, 1.2, 100, 8, (-0.04, -0.33, 0.42)), 800, 800, 18)
    shoot("night-repair-serum/cutout.png", view((0, 0, 0.845), 0, 5, 1.85, 100, 22), 600, 800, 24, True)
    g.location = (0.42, -0.2, 0.26)
    g.rotation_euler = (0, 0, math.radians(8))
    stone(rgb("#c9b8a4"), 0.55, (0.42, -0.2, 0))
    box_ = carton()
    box_.location = (-0.52, 0.35, 0)
    box_.rotation_euler = (0, 0, math.radians(14))
    shoot("night-repair-serum/packaging.webp", view((0, 0, 0.95), -4, 9, 2.6, 85, 12, (0.4, -0.5, 0.8)), 800, 800, 16)


main()
