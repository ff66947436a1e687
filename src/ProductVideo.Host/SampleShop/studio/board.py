"""Oak chopping board with a handle, and a halved lemon for company."""
from studio import *


def outline():
    """Board in plan, handle to the +x end."""
    pts = [(-1.5, -0.85, 0.14), (1.0, -0.85, 0.3), (1.28, -0.3, 0.25), (1.42, -0.2, 0.2), (1.98, -0.2, 0.2), (1.98, 0.2, 0.2),
           (1.42, 0.2, 0.2), (1.28, 0.3, 0.25), (1.0, 0.85, 0.3), (-1.5, 0.85, 0.14)]
    ring = fillet([(-1.5, 0)] + pts + [(-1.5, 0.0)], 8)
    return ring[:-1]


def board():
    m = wood(rgb("#6b4423"), rgb("#c0935c"), 1.5, "X", 0.42, 6)
    col = m.bsdf.inputs["Base Color"].links[0].from_socket
    # three glued staves, each with its own tone
    y = m.axis(1)
    lower = m.math("LESS_THAN", y, -0.27)
    upper = m.math("GREATER_THAN", y, 0.33)
    col = m.mix(lower, col, m.mix(1.0, col, (0.78, 0.74, 0.7), "MULTIPLY"))
    col = m.mix(upper, col, m.mix(1.0, col, (0.9, 0.84, 0.76), "MULTIPLY"))
    ink, alpha = m.decal("board.png", (-1.14, -0.5), (0.42, 0.42), "xy")
    col = m.mix(m.math("MULTIPLY", alpha, 0.9), col, (0.03, 0.014, 0.006))
    m.link(col, "Base Color")
    o = slab(outline(), 0, 0.2, m, 0.03, 5, "Board")
    cutter = lathe([(0, -0.2), (0.1, -0.2), (0.1, 0.5), (0, 0.5)], m, 48, "Hole")
    cutter.location = (1.76, 0, 0)
    cutter.hide_render = True
    modifier(o, "BOOLEAN", object=cutter, operation="DIFFERENCE", solver="EXACT")
    mods = [x.name for x in o.modifiers]
    with bpy.context.temp_override(object=o):
        bpy.ops.object.modifier_move_to_index(modifier=mods[-1], index=0)
    return group([o, cutter])


def lemon_skin():
    m = Mat("Lemon")
    m.link(m.ramp(m.noise(4, 3), [(0.3, rgb("#e0a80c")), (0.7, rgb("#f3c825"))]), "Base Color")
    m.set(Roughness=0.38, Specular=0.5, Subsurface=0.15, Subsurface_Color=rgb("#f2c015"), Subsurface_Radius=(0.08, 0.06, 0.02))
    m.bump(m.voronoi(26, "SMOOTH_F1"), 0.35, 0.02)
    return m


def lemon(loc, rot):
    pts = curve_points([(0, -0.38), (0.05, -0.365), (0.1, -0.32), (0.22, -0.21), (0.27, 0), (0.22, 0.21), (0.1, 0.32), (0.07, 0.38), (0.045, 0.41), (0, 0.415)], 8)
    o = lathe([(max(0, r), z) for r, z in pts], lemon_skin(), 96, "Lemon", wobble=0.02)
    o.location = loc
    o.rotation_euler = [math.radians(a) for a in rot]
    return o


def half_lemon(loc, rot):
    """Half a lemon, its cut face up."""
    skin = lemon_skin()
    pts = curve_points([(0, -0.38), (0.05, -0.365), (0.1, -0.32), (0.22, -0.2), (0.268, -0.02), (0.268, 0)], 8)
    shell = lathe([(max(0, r), z) for r, z in pts], skin, 96, "Half")
    m = Mat("Flesh")
    comb = m.node("SeparateXYZ")
    m.link(m.coord.outputs["Object"], comb.inputs[0])
    ang = m.math("ARCTAN2", comb.outputs[1], comb.outputs[0])
    radius = m.math("SQRT", m.math("ADD", m.math("POWER", comb.outputs[0], 2), m.math("POWER", comb.outputs[1], 2)))
    ray = m.math("ABSOLUTE", m.math("SINE", m.math("MULTIPLY", ang, 4.5)))
    membrane = m.math("LESS_THAN", m.math("MULTIPLY", ray, radius), 0.022)
    pith = m.math("GREATER_THAN", radius, 0.232)
    core = m.math("LESS_THAN", radius, 0.022)
    white = m.math("MAXIMUM", membrane, m.math("MAXIMUM", pith, core))
    pulp = m.ramp(m.noise(26, 4, 0.6), [(0.3, rgb("#d8a81c")), (0.7, rgb("#f5db6a"))])
    m.link(m.mix(white, pulp, rgb("#f6efcf")), "Base Color")
    m.link(m.mix(white, 0.12, 0.6), "Roughness")
    m.set(Subsurface=0.2, Subsurface_Color=rgb("#f3d34a"), Subsurface_Radius=(0.1, 0.08, 0.02))
    m.bump(m.mix(white, m.voronoi(30), 1.0), 0.4, 0.02)
    face = lathe([(0, 0.001), (0.262, 0.001), (0.268, -0.004)], m, 96, "Cut")
    return group([shell, face], loc, rot)


def main():
    new_scene(exposure=0.05)
    backdrop(rgb("#d5d6d2"), depth=9)
    light_ecommerce(1.0, (0, 0, 0.1))
    g = board()
    g.rotation_euler = (0, 0, math.radians(-14))
    shoot("oak-board/front.jpg", view((0.2, 0, 0.05), 0, 58, 4.5, 90, 16), 1200, 800, 18)
    shoot("oak-board/detail.jpg", view((-1.15, -0.25, 0.15), -24, 26, 1.5, 100, 6, (-1.2, -0.35, 0.2)), 720, 540, 16)
    new_scene(exposure=0.15)
    light_window(1.0)
    wall(rgb("#c9c2b4"), 6)
    stone = Mat("Counter")
    stone.link(stone.ramp(stone.noise(3, 10, 0.7), [(0.3, rgb("#6f716c")), (0.5, rgb("#85867f")), (0.7, rgb("#9b9a92"))]), "Base Color")
    stone.link(stone.ramp(stone.noise(8, 6), [(0.3, 0.3), (0.7, 0.5)]), "Roughness")
    tabletop(stone)
    board().rotation_euler = (0, 0, math.radians(16))
    lemon((-0.75, 0.5, 0.455), (82, 10, 35))
    lemon((-1.9, 0.75, 0.255), (80, 5, 100))
    half_lemon((-0.2, -0.25, 0.44), (64, 0, 10))
    half_lemon((0.42, 0.15, 0.45), (18, -20, 30))
    shoot("oak-board/kitchen.jpg", view((0, 0, 0.25), 6, 30, 4.0, 80, 9, (-0.2, -0.4, 0.4)), 1280, 720, 20)


main()
