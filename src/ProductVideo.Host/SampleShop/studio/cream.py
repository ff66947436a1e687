"""Hand-cream tube standing on its cap."""
from studio import *


def tube_mesh(material, r=0.3, h=1.42, z0=0.33, n=96, rows=60):
    """A round shoulder below that flattens into the crimped end above."""
    verts, faces = [], []
    for j in range(rows + 1):
        v = j / rows
        t = v ** 1.35
        rx = r * (1 + 0.28 * t)
        ry = r * (1 - t) + 0.012
        if v > 0.93:
            ry = 0.013
        for i in range(n):
            a = 2 * math.pi * i / n
            verts.append((rx * math.cos(a), ry * math.sin(a), z0 + h * v))
    for j in range(rows):
        for i in range(n):
            k = (i + 1) % n
            faces.append((j * n + i, j * n + k, (j + 1) * n + k, (j + 1) * n + i))
    faces.append(tuple(range(n - 1, -1, -1)))
    faces.append(tuple(range(rows * n, (rows + 1) * n)))
    return mesh("Tube", verts, faces, material, True, auto=50)


def cream():
    m = Mat("TubeWall")
    tone = rgb("#b4c2a4")
    ink, alpha = m.decal("cream.png", (0, 0.99), (0.47, 0.862))
    m.link(m.mix(alpha, tone, ink), "Base Color")
    m.set(Roughness=0.4, Specular=0.45, Subsurface=0.05, Subsurface_Color=tone, Subsurface_Radius=(0.05, 0.05, 0.05))
    crimp = m.math("MULTIPLY", m.wave(22, "X", 0, 0), m.math("GREATER_THAN", m.axis(2), 1.655))
    m.bump(crimp, 0.7, 0.02)
    m.bump(m.noise(3, 3), 0.12, 0.04)
    body = tube_mesh(m)
    cap_mat = plastic(rgb("#e8e3d6"), 0.3, grain=0.02)
    cap = lathe(fillet([(0, 0), (0.285, 0, 0.02), (0.295, 0.3, 0.02), (0.27, 0.315, 0.01), (0.27, 0.335), (0, 0.335)]), cap_mat, 128, "Cap")
    return group([body, cap])


def main():
    new_scene(exposure=0.0)
    backdrop(rgb("#d8cfc6"))
    light_ecommerce(1.0, (0, 0, 0.8))
    g = cream()
    g.rotation_euler = (0, 0, math.radians(-6))
    shoot("hand-cream/tube.jpg", view((0, 0, 0.89), 0, 6, 2.05, 90, 14), 400, 400, 40)


main()
