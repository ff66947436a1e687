"""Enamel saucepan with lid: white enamel, blue rims, oak knob."""
from studio import *


def enamel(color, rough=0.12):
    m = Mat("Enamel")
    m.link(m.ramp(m.noise(1.5, 3), [(0.3, shade(color, 0.96)), (0.7, color)]), "Base Color")
    m.set(Roughness=rough, Specular=0.55)
    m.bump(m.noise(4, 3), 0.08, 0.03)
    return m


def pot():
    """About 20 cm across."""
    white, blue = rgb("#e9e4d6"), rgb("#1f3358")
    body_mat = enamel(white)
    ink, alpha = body_mat.decal("enamel.png", (0, 0.56), (0.78, 0.347))
    base = body_mat.bsdf.inputs["Base Color"].links[0].from_socket
    body_mat.link(body_mat.mix(alpha, base, ink), "Base Color")
    rim_mat = enamel(blue)
    body = lathe(fillet([(0, 0), (0.8, 0, 0.12), (0.98, 0.14, 0.12), (1.0, 1.08, 0.02), (0.985, 1.085, 0.01), (0.965, 1.07), (0.95, 0.2, 0.12),
                         (0.8, 0.05, 0.08), (0, 0.04)]), body_mat, 160, "Pot")
    ring = [(1.012 * math.cos(a), 1.012 * math.sin(a), 1.085) for a in np.linspace(0, math.tau, 160, False)]
    rim = tube(ring, 0.026, rim_mat, sides=16, closed=True, name="Rim")
    lid = lathe(fillet([(0, 1.235), (0.28, 1.235, 0.1), (0.7, 1.18, 0.15), (0.96, 1.115, 0.05), (1.0, 1.115, 0.02)]), enamel(white), 160, "Lid")
    modifier(lid, "SOLIDIFY", thickness=0.02)
    ring2 = [(1.0 * math.cos(a), 1.0 * math.sin(a), 1.118) for a in np.linspace(0, math.tau, 160, False)]
    lid_rim = tube(ring2, 0.017, rim_mat, sides=12, closed=True, name="LidRim")
    steel = metal((0.75, 0.75, 0.76), 0.25)
    oak = wood(rgb("#5e3c20"), rgb("#a97a4a"), 2.5, "Z", 0.4, 3)
    stem = lathe(fillet([(0, 1.235), (0.13, 1.235, 0.01), (0.13, 1.25, 0.01), (0.05, 1.262, 0.01), (0.05, 1.31), (0, 1.31)]), steel, 64, "Stem")
    knob = lathe(fillet([(0, 1.30), (0.1, 1.30, 0.02), (0.19, 1.36, 0.05), (0.19, 1.42, 0.04), (0.12, 1.465, 0.05), (0, 1.47)]), oak, 96, "Knob")
    parts = [body, rim, lid, lid_rim, stem, knob]
    for s in (-1, 1):
        line = curve_points([(s * 0.98, -0.27, 0.80), (s * 1.10, -0.265, 0.83), (s * 1.27, -0.16, 0.875), (s * 1.30, 0, 0.885), (s * 1.27, 0.16, 0.875),
                             (s * 1.10, 0.265, 0.83), (s * 0.98, 0.27, 0.80)], 10)
        handle = tube(line, 0.045, rim_mat, (1.0, 1.0), 24, "Handle")
        parts.append(handle)
        for y in (-0.265, 0.265):
            plate = sphere(0.085, (s * 0.97, y, 0.80), rim_mat, "Lug", 32)
            plate.scale = (0.45, 1.0, 0.9)
            parts.append(plate)
    return group(parts)


def main():
    new_scene(exposure=-0.05)
    backdrop(rgb("#b9c4c6"), depth=7)
    light_ecommerce(1.15, (0, 0, 0.7))
    g = pot()
    shoot("enamel-pot/front.jpg", view((0, 0, 0.66), 0, 12, 3.5, 90, 14), 1200, 900, 18)
    g.rotation_euler = (0, 0, math.radians(-32))
    shoot("enamel-pot/angle.jpg", view((0, 0, 0.66), 0, 27, 3.6, 90, 14), 720, 720, 14)
    shoot("enamel-pot/detail.webp", view((0.1, -0.5, 1.1), -10, 24, 1.9, 100, 6, (0, -0.7, 1.1)), 750, 500, 16)


main()
