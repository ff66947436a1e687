"""Scented candle in a glass jar, lit and unlit, with its oak lid."""
from studio import *


def flame():
    """A soft teardrop that glows from blue root to yellow tip."""
    m = Mat("Flame")
    e = m.node("Emission")
    height = m.node("MapRange")
    m.link(m.axis(2), height.inputs[0])
    height.inputs[1].default_value, height.inputs[2].default_value = 0.0, 0.2
    col = m.ramp(height.outputs[0], [(0.0, (0.1, 0.15, 0.6)), (0.2, (1.0, 0.42, 0.1)), (0.6, (1.0, 0.68, 0.28)), (1.0, (1.0, 0.55, 0.18))])
    m.link(col, e.inputs[0])
    m.link(m.ramp(height.outputs[0], [(0.0, 0.05), (0.3, 1.0), (1.0, 0.6)]), "Alpha")
    power = m.math("MULTIPLY", m.ramp(height.outputs[0], [(0.0, 0.08), (0.35, 1.0), (1.0, 0.5)]), 26)
    m.link(power, e.inputs[1])
    tr = m.node("BsdfTransparent")
    lw = m.node("LayerWeight")
    lw.inputs[0].default_value = 0.35
    mixer = m.node("MixShader")
    m.link(lw.outputs["Facing"], mixer.inputs[0])
    m.link(e.outputs[0], mixer.inputs[1])
    m.link(tr.outputs[0], mixer.inputs[2])
    m.link(mixer.outputs[0], m.out.inputs["Surface"])
    pts = curve_points([(0.0, 0.0), (0.026, 0.03), (0.032, 0.07), (0.02, 0.14), (0.0, 0.22)], 8)
    return lathe([(max(0, r), z) for r, z in pts], m, 48, "Flame")


def candle(lit):
    clear = glass((0.98, 0.99, 0.985), 0.0, 1.47)
    jar = lathe(fillet([(0, 0.0), (0.36, 0.0, 0.05), (0.40, 0.04, 0.04), (0.40, 0.92, 0.02), (0.385, 0.935, 0.012), (0.368, 0.92, 0.01),
                        (0.368, 0.11, 0.05), (0.33, 0.08, 0.04), (0, 0.08)]), clear, 128, "Jar")
    wax = Mat("Wax")
    tone = rgb("#efe2c6")
    wax.set(Base_Color=tone, Subsurface=0.2, Subsurface_Color=rgb("#f4d9a6"), Subsurface_Radius=(0.25, 0.14, 0.07), Roughness=0.45, Specular=0.4)
    wax.bump(wax.noise(5, 4), 0.12, 0.03)
    body = lathe(fillet([(0, 0.085), (0.33, 0.085, 0.04), (0.366, 0.115, 0.04), (0.366, 0.70), (0.355, 0.693, 0.02), (0, 0.685)]), wax, 128, "Wax")
    wick_mat = Mat("Wick")
    wick_mat.set(Base_Color=(0.02, 0.017, 0.015) if lit else (0.75, 0.7, 0.6), Roughness=0.95)
    wick_mat.bump(wick_mat.wave(40, "Z", 2), 0.5, 0.01)
    wick = tube(curve_points([(0, 0, 0.68), (0.002, 0, 0.73), (0.012, 0, 0.78)], 6), 0.012, wick_mat, sides=12)
    label = wrap_label(0.40, 0.14, 0.66, 87, printed("candle.png", 0.6), lift=0.003)
    parts = [jar, body, wick, label]
    if lit:
        melt = Mat("Melt")
        melt.set(Base_Color=rgb("#f2dca8"), Roughness=0.03, Subsurface=0.3, Subsurface_Color=rgb("#f2c87c"), Subsurface_Radius=(0.2, 0.1, 0.05))
        parts.append(lathe([(0, 0.689), (0.27, 0.689), (0.30, 0.686)], melt, 96, "Melt"))
        fl = flame()
        fl.location = (0.012, 0, 0.765)
        parts.append(fl)
        data = bpy.data.lights.new("FlameLight", "POINT")
        data.energy, data.shadow_soft_size, data.color = 12, 0.05, (1, 0.58, 0.25)
        o = bpy.data.objects.new("FlameLight", data)
        bpy.context.collection.objects.link(o)
        o.location = (0.0, 0, 0.88)
        parts.append(o)
    return group(parts)


def lid():
    oak = wood(rgb("#7a5230"), rgb("#c39b68"), 1.6, "X", 0.5, 7)
    top = lathe(fillet([(0, 0), (0.41, 0, 0.015), (0.41, 0.1, 0.02), (0, 0.1)]), oak, 128, "Lid")
    return top


def main():
    new_scene(exposure=0.08)
    backdrop(rgb("#cfd3cd"))
    light_ecommerce()
    g = candle(False)
    shoot("scented-candle/front.jpg", view((0, 0, 0.46), 0, 11, 1.6, 90, 13), 1000, 1000, 20)
    o = lid()
    o.location = (0.55, -0.42, 0)
    o.rotation_euler = (0, 0, math.radians(20))
    shoot("scented-candle/lid.webp", view((0.2, 0, 0.32), 10, 22, 2.25, 85, 10, (0, -0.35, 0.5)), 720, 540, 16)
    new_scene(exposure=1.0, ambient=0.03, ambient_color=(0.5, 0.6, 0.8))
    softbox((-6, 1.5, 4), (0, 0, 0.5), (3, 3), 260, (0.75, 0.85, 1))
    softbox((5, -4, 4), (0, 0, 0.5), (2, 4), 70, (1, 0.8, 0.6))
    wall(rgb("#6b6a63"), 5)
    tabletop(wood(rgb("#2b1a0e"), rgb("#684628"), 1.6, "X", 0.45, 3))
    candle(True)
    o = lid()
    o.location = (0.75, -0.25, 0)
    books = [("#7b3f2e", 2.0, 1.4, 0.2), ("#31473f", 1.85, 1.3, 0.16)]
    z = 0
    for i, (c, w, d, h) in enumerate(books):
        cover = cloth(rgb(c), thread=55, strength=0.25)
        r = (0, 0, 8 - 15 * i)
        box((w, d, 0.02), (-1.15, 0.9, z + 0.01), cover, 0.006, 2, "Cover", r)
        box((w, d, 0.02), (-1.15, 0.9, z + h - 0.01), cover, 0.006, 2, "Cover", r)
        box((w - 0.06, d - 0.06, h - 0.04), (-1.15, 0.9, z + h / 2), paper(rgb("#d8ccb2")), 0.004, 2, "Pages", r)
        z += h
    shoot("scented-candle/evening.jpg", view((-0.1, 0, 0.5), 3, 13, 2.5, 80, 9, (0, -0.38, 0.5)), 900, 600, 22)


main()
