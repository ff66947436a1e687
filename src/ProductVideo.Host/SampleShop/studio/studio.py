"""The photo studio: scene, lights, backdrop, materials, shapes, camera, shutter.

One unit is 10 cm. Products stand on z = 0 and face the camera on the -y side.
"""
import ctypes
import math
import os
import tempfile
import time

import bmesh
import bpy
import numpy as np
from mathutils import Vector
from PIL import Image, ImageFilter

HERE = os.path.dirname(os.path.abspath(__file__))
SHOP = os.path.dirname(HERE)
LABELS = os.path.join(HERE, "build", "labels")
ONLY = [s for s in os.environ.get("SHOTS", "").split(",") if s]
PREVIEW = float(os.environ.get("PREVIEW", "0"))
PREVIEW_DIR = os.path.join(HERE, "build", "preview")


# --------------------------------------------------------------------------
# Scene and shutter
# --------------------------------------------------------------------------

def new_scene(exposure=0.0, look="Medium High Contrast", ambient=0.13, ambient_color=(1, 1, 1)):
    """Start from an empty scene with Cycles set up for quick, clean stills."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    c = scene.cycles
    c.device = "CPU"
    c.use_denoising = False
    c.use_adaptive_sampling = True
    c.adaptive_threshold = 0.04
    c.adaptive_min_samples = 6
    c.max_bounces = 9
    c.diffuse_bounces = 2
    c.glossy_bounces = 3
    c.transmission_bounces = 10
    c.transparent_max_bounces = 12
    c.caustics_reflective = False
    c.caustics_refractive = False
    c.sample_clamp_direct = 30
    c.sample_clamp_indirect = 3
    c.blur_glossy = 0.5
    c.filter_width = 1.5
    scene.render.use_persistent_data = True
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = look
    scene.view_settings.exposure = exposure
    layer = bpy.context.view_layer
    layer.cycles.denoising_store_passes = True
    world = bpy.data.worlds.new("World")
    scene.world = world
    world.use_nodes = True
    background = world.node_tree.nodes["Background"]
    background.inputs[0].default_value = (*ambient_color, 1)
    background.inputs[1].default_value = ambient
    return scene


def view(target, az=0, el=12, fit=2.0, lens=85, fstop=16, focus=None, roll=0):
    """Place a camera: `fit` is how many units the longer picture side spans at the target."""
    target = Vector(target)
    dist = fit * lens / 36.0
    a, e = math.radians(az), math.radians(el)
    eye = target + dist * Vector((math.sin(a) * math.cos(e), -math.cos(a) * math.cos(e), math.sin(e)))
    data = bpy.data.cameras.new("Camera")
    data.lens = lens
    data.sensor_width = 36
    data.clip_start = 0.05
    cam = bpy.data.objects.new("Camera", data)
    bpy.context.collection.objects.link(cam)
    cam.location = eye
    cam.rotation_euler = (target - eye).to_track_quat("-Z", "Y").to_euler()
    if roll:
        cam.rotation_euler.rotate_axis("Z", math.radians(roll))
    data.dof.use_dof = True
    data.dof.aperture_fstop = fstop / 10.0  # the scene is ten times smaller than metres
    data.dof.focus_distance = (Vector(focus) - eye).length if focus else dist
    return cam


def shoot(path, cam, width, height, samples=20, transparent=False, exposure=None, quality=88, sharpen=45):
    """Render one picture to images/<path>; the file ending chooses JPEG, PNG or WebP."""
    name = path.split("/")[-1].split(".")[0]
    if ONLY and name not in ONLY:
        return
    scene = bpy.context.scene
    scale = PREVIEW or 1
    w, h = int(width * scale), int(height * scale)
    scene.camera = cam
    scene.render.resolution_x, scene.render.resolution_y = w, h
    scene.render.resolution_percentage = 100
    scene.render.film_transparent = transparent
    hidden = [o for o in bpy.data.objects if o.get("backdrop") and transparent]
    for o in hidden:
        o.hide_render = True
    keep = scene.view_settings.exposure
    if exposure is not None:
        scene.view_settings.exposure = exposure
    halves, feat, start = [], None, time.time()
    for seed in (1, 2):
        scene.cycles.seed = seed
        scene.cycles.samples = max(4, round(samples * 0.38))  # the filter makes up for the rest
        layers = _render_layers(w, h)
        halves.append(layers["Image"])
        f = np.concatenate([layers["Denoising Albedo"][..., :3], layers["Denoising Normal"][..., :3]], 2)
        feat = f if feat is None else (feat + f) / 2
    rendered = time.time()
    clean = _denoise(halves[0], halves[1], feat)
    noisy = (halves[0] + halves[1]) / 2
    clean[..., :3] = clean[..., :3] * 0.93 + np.minimum(noisy[..., :3], clean[..., :3] * 1.6 + 0.02) * 0.07
    clean[..., 3] = noisy[..., 3]
    picture = _develop(clean, w, h, transparent)
    scene.view_settings.exposure = keep
    for o in hidden:
        o.hide_render = False
    picture = _grade(picture)
    picture = picture.filter(ImageFilter.UnsharpMask(0.9, sharpen, 1))
    target = os.path.join(SHOP, "images", path)
    if PREVIEW:
        target = os.path.join(PREVIEW_DIR, path.replace("/", "--").rsplit(".", 1)[0] + ".png")
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if not transparent:
        picture = picture.convert("RGB")
    options = {"jpg": dict(format="JPEG", quality=quality, optimize=True, progressive=True, subsampling=0),
               "webp": dict(format="WEBP", quality=quality, method=6),
               "png": dict(format="PNG", optimize=True)}
    picture.save(target + ".part", **options[target.rsplit(".", 1)[1]])
    os.replace(target + ".part", target)
    print("SHOT %s %dx%d, %.0f s + %.0f s" % (target, w, h, rendered - start, time.time() - rendered), flush=True)


def _render_layers(w, h):
    """Render once and read colour, albedo and normal back as float arrays."""
    scene = bpy.context.scene
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    layers = tree.nodes.new("CompositorNodeRLayers")
    names = ["Image", "Denoising Albedo", "Denoising Normal"]
    result = {}
    with tempfile.TemporaryDirectory() as folder:
        out = tree.nodes.new("CompositorNodeOutputFile")
        out.base_path = folder
        out.format.file_format = "OPEN_EXR"
        out.format.color_depth = "32"
        out.format.color_mode = "RGBA"
        out.file_slots.clear()
        for n in names:
            out.file_slots.new(n.replace(" ", "_"))
            tree.links.new(layers.outputs[n], out.inputs[n.replace(" ", "_")])
        bpy.ops.render.render()
        for n in names:
            file = os.path.join(folder, n.replace(" ", "_") + "%04d.exr" % scene.frame_current)
            image = bpy.data.images.load(file)
            image.colorspace_settings.name = "Non-Color"
            buffer = np.empty(w * h * 4, np.float32)
            image.pixels.foreach_get(buffer)
            result[n] = buffer.reshape(h, w, 4)
            bpy.data.images.remove(image)
    return result


def _denoise(a, b, feat):
    lib = ctypes.CDLL(os.path.join(HERE, "denoise.so"))
    ptr = ctypes.POINTER(ctypes.c_float)
    h, w = a.shape[:2]
    a, b, feat = (np.ascontiguousarray(x, np.float32) for x in (a, b, feat))
    out = np.empty_like(a)
    args = [x.ctypes.data_as(ptr) for x in (a, b, feat, out)]
    f = ctypes.c_float
    lib.denoise(*args, w, h, 7, f(0.75), f(0.05), f(0.2))
    return out


def _grade(picture):
    """A touch of contrast: deeper shadows, cleaner whites, a soft shoulder."""
    curve = []
    for i in range(256):
        v = max(0.0, (i / 255 - 0.015) / 0.9) ** 1.08
        curve.append(round(255 * (v if v < 0.85 else 0.85 + 0.15 * math.tanh((v - 0.85) / 0.15))))
    r, g, b, a = picture.split()
    return Image.merge("RGBA", [c.point(curve) for c in (r, g, b)] + [a])


def _develop(pixels, w, h, transparent):
    """Linear light to a picture, through the scene's view transform."""
    image = bpy.data.images.new("develop", w, h, alpha=True, float_buffer=True)
    image.colorspace_settings.name = "Linear"
    image.alpha_mode = "PREMUL"
    if not transparent:
        pixels = pixels.copy()
        pixels[..., 3] = 1
    image.pixels.foreach_set(np.ascontiguousarray(pixels, np.float32).ravel())
    image.update()
    settings = bpy.context.scene.render.image_settings
    settings.file_format = "PNG"
    settings.color_mode = "RGBA"
    settings.color_depth = "8"
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "p.png")
        image.save_render(file, scene=bpy.context.scene)
        bpy.data.images.remove(image)
        with Image.open(file) as p:
            return p.convert("RGBA")


# --------------------------------------------------------------------------
# Lights and backdrops
# --------------------------------------------------------------------------

def softbox(loc, target=(0, 0, 0.6), size=(4, 4), power=500, color=(1, 1, 1), spread=180):
    """A rectangular area light aimed at the target."""
    data = bpy.data.lights.new("Softbox", "AREA")
    data.shape = "RECTANGLE"
    data.size, data.size_y = size
    data.energy = power
    data.color = color
    data.spread = math.radians(spread)
    o = bpy.data.objects.new("Softbox", data)
    bpy.context.collection.objects.link(o)
    o.location = loc
    o.rotation_euler = (Vector(target) - Vector(loc)).to_track_quat("-Z", "Y").to_euler()
    o.visible_camera = False
    return o


def light_ecommerce(power=1.0, target=(0, 0, 0.6)):
    """Big key on the left, fill on the right, overhead and a thin rim strip."""
    softbox((-6, -4.5, 5.5), target, (4, 4), 900 * power, (1, 0.97, 0.94))
    softbox((6.5, -3.5, 3.2), target, (1.6, 5), 150 * power, (0.95, 0.97, 1))
    softbox((0, 1.5, 8), target, (5, 4), 260 * power)
    softbox((4.5, 4.5, 4), target, (1, 4), 220 * power)


def light_window(power=1.0, target=(0, 0, 0.4), side=-1):
    """Low, directional daylight from one side with a weak bounce from the other."""
    softbox((6.5 * side, -0.5, 4.2), target, (3.2, 3.2), 1150 * power, (1, 0.95, 0.88))
    softbox((-5.5 * side, -4, 2.5), target, (4, 4), 110 * power, (0.88, 0.94, 1))
    softbox((1 * side, 5, 6), target, (5, 2), 260 * power, (1, 0.98, 0.95))


def backdrop(color, depth=5.0, radius=3.0, rough=0.85, front=14.0, width=40.0, tex=0.0):
    """A seamless paper sweep: floor, curve, wall."""
    m = Mat("Backdrop")
    m.set(Roughness=rough, Specular=0.2)
    base = m.noise(0.35, 3)
    m.link(m.ramp(base, [(0.3, shade(color, 0.96)), (0.7, color)]), "Base Color")
    if tex:
        m.bump(m.noise(14, 6, 0.6), tex, 0.02)
    pts = [(-front, 0.0)]
    for i in range(25):
        a = math.pi / 2 * i / 24
        pts.append((depth + radius * math.sin(a), radius - radius * math.cos(a)))
    pts.append((depth + radius, 18))
    verts, faces = [], []
    for y, z in pts:
        verts += [(-width / 2, y, z), (width / 2, y, z)]
    for i in range(len(pts) - 1):
        faces.append((2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2))
    o = mesh("Backdrop", verts, faces, m)
    o["backdrop"] = 1
    return o


def tabletop(material, size=(26, 14), thick=0.4, center=(0, 1)):
    """A table surface whose top is z = 0."""
    o = box((size[0], size[1], thick), (center[0], center[1], -thick / 2), material, bevel=0.04)
    o["backdrop"] = 1
    return o


def wall(color, y=6.0):
    """A plain plastered wall behind the table."""
    m = Mat("Wall")
    m.set(Roughness=0.95, Specular=0.1)
    m.link(m.ramp(m.noise(0.6, 6, 0.6), [(0.3, shade(color, 0.9)), (0.7, color)]), "Base Color")
    m.bump(m.noise(2.5, 8, 0.65), 0.25, 0.2)
    o = mesh("Wall", [(-30, y, -4), (30, y, -4), (30, y, 20), (-30, y, 20)], [(0, 1, 2, 3)], m)
    o["backdrop"] = 1
    return o


# --------------------------------------------------------------------------
# Materials
# --------------------------------------------------------------------------

def rgb(hexa):
    """#rrggbb (sRGB) as linear floats."""
    v = [int(hexa[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in v)


def shade(color, f):
    return tuple(min(1, c * f) for c in color[:3])


def blend(a, b, t):
    return tuple(x * (1 - t) + y * t for x, y in zip(a, b))


class Mat:
    """A Principled material with short helpers for procedural textures."""

    def __init__(self, name="Material", coords="Object"):
        self.m = bpy.data.materials.new(name)
        self.m.use_nodes = True
        self.t = self.m.node_tree
        self.bsdf = self.t.nodes["Principled BSDF"]
        self.out = self.t.nodes["Material Output"]
        self.coord = self.t.nodes.new("ShaderNodeTexCoord")
        self.space = coords

    def set(self, **values):
        for key, value in values.items():
            if isinstance(value, (tuple, list)) and len(value) == 3:
                value = (*value, 1) if "Color" in key else value
            self.bsdf.inputs[key.replace("_", " ")].default_value = value
        return self

    def node(self, kind, **props):
        n = self.t.nodes.new("ShaderNode" + kind)
        for key, value in props.items():
            setattr(n, key, value)
        return n

    def link(self, socket, target, node=None):
        if isinstance(target, str):
            target = (node or self.bsdf).inputs[target]
        self.t.links.new(socket, target)

    def mapped(self, scale=(1, 1, 1), loc=(0, 0, 0), rot=(0, 0, 0), space=None):
        n = self.node("Mapping")
        n.inputs["Scale"].default_value = scale
        n.inputs["Location"].default_value = loc
        n.inputs["Rotation"].default_value = rot
        self.link(self.coord.outputs[space or self.space], n.inputs["Vector"])
        return n.outputs[0]

    def noise(self, scale, detail=2, rough=0.5, stretch=(1, 1, 1), distortion=0):
        n = self.node("TexNoise")
        n.inputs["Scale"].default_value = scale
        n.inputs["Detail"].default_value = detail
        n.inputs["Roughness"].default_value = rough
        n.inputs["Distortion"].default_value = distortion
        self.link(self.mapped(stretch), n.inputs["Vector"])
        return n.outputs["Fac"]

    def voronoi(self, scale, feature="F1", stretch=(1, 1, 1), random=1.0):
        n = self.node("TexVoronoi", feature=feature)
        n.inputs["Scale"].default_value = scale
        n.inputs["Randomness"].default_value = random
        self.link(self.mapped(stretch), n.inputs["Vector"])
        return n.outputs["Distance"]

    def wave(self, scale, axis="X", distortion=0, detail=2, stretch=(1, 1, 1), profile="SIN", kind="BANDS"):
        n = self.node("TexWave", wave_type=kind, wave_profile=profile)
        if kind == "BANDS":
            n.bands_direction = axis
        else:
            n.rings_direction = axis
        n.inputs["Scale"].default_value = scale
        n.inputs["Distortion"].default_value = distortion
        n.inputs["Detail"].default_value = detail
        self.link(self.mapped(stretch), n.inputs["Vector"])
        return n.outputs["Fac"]

    def ramp(self, socket, stops, interpolation="LINEAR"):
        n = self.node("ValToRGB")
        n.color_ramp.interpolation = interpolation
        e = n.color_ramp.elements
        while len(e) < len(stops):
            e.new(0.5)
        for el, (pos, col) in zip(e, stops):
            el.position = pos
            el.color = (col, col, col, 1) if isinstance(col, (int, float)) else (*col[:3], 1)
        self.link(socket, n.inputs["Fac"])
        return n.outputs["Color"]

    def mix(self, fac, a, b, mode="MIX"):
        n = self.node("MixRGB", blend_type=mode)
        for value, key in ((fac, "Fac"), (a, "Color1"), (b, "Color2")):
            if isinstance(value, bpy.types.NodeSocket):
                self.link(value, n.inputs[key])
            elif isinstance(value, (int, float)):
                n.inputs[key].default_value = value if key == "Fac" else (value, value, value, 1)
            else:
                n.inputs[key].default_value = (*value[:3], 1)
        return n.outputs["Color"]

    def math(self, op, a, b=0.0):
        n = self.node("Math", operation=op)
        for value, i in ((a, 0), (b, 1)):
            if isinstance(value, bpy.types.NodeSocket):
                self.link(value, n.inputs[i])
            else:
                n.inputs[i].default_value = value
        return n.outputs[0]

    def axis(self, which):
        """One object coordinate (0, 1, 2 = x, y, z) as a socket."""
        n = self.node("SeparateXYZ")
        self.link(self.coord.outputs[self.space], n.inputs[0])
        return n.outputs[which]

    def bump(self, height, strength=0.2, distance=0.01):
        n = self.node("Bump")
        n.inputs["Strength"].default_value = strength
        n.inputs["Distance"].default_value = distance
        self.link(height, n.inputs["Height"])
        previous = self.bsdf.inputs["Normal"].links
        if previous:
            self.link(previous[0].from_socket, n.inputs["Normal"])
        self.link(n.outputs[0], "Normal")
        return n

    def image(self, file, vector=None, extension="CLIP"):
        n = self.node("TexImage", extension=extension)
        path = file if os.path.isabs(file) else os.path.join(LABELS, file)
        n.image = bpy.data.images.load(path, check_existing=True)
        self.link(vector or self.coord.outputs["UV"], n.inputs["Vector"])
        return n.outputs["Color"], n.outputs["Alpha"]

    def decal(self, file, center, size, plane="xz"):
        """An image projected straight onto the object along y (xz) or z (xy)."""
        sx, sy = 1 / size[0], 1 / size[1]
        cx, cy = center
        if plane == "xz":
            sep, comb = self.node("SeparateXYZ"), self.node("CombineXYZ")
            self.link(self.coord.outputs["Object"], sep.inputs[0])
            u = self.math("ADD", self.math("MULTIPLY", sep.outputs[0], sx), 0.5 - cx * sx)
            v = self.math("ADD", self.math("MULTIPLY", sep.outputs[2], sy), 0.5 - cy * sy)
            self.link(u, comb.inputs[0])
            self.link(v, comb.inputs[1])
            vector = comb.outputs[0]
            color, alpha = self.image(file, vector)
            alpha = self.math("MULTIPLY", alpha, self.math("LESS_THAN", sep.outputs[1], 0.0))
            return color, alpha
        vector = self.mapped((sx, sy, 1), (0.5 - cx * sx, 0.5 - cy * sy, 0), space="Object")
        return self.image(file, vector)


def ceramic(color, speckle=0.6, rough=0.28, speckle_color=(0.09, 0.06, 0.04), pool=0.85):
    """Glazed stoneware: soft colour drift, iron speckles, slightly wavy glaze."""
    m = Mat("Ceramic")
    drift = m.ramp(m.noise(1.6, 3), [(0.3, shade(color, pool)), (0.7, color)])
    col = drift
    if speckle:
        dots = m.voronoi(17)
        size = m.ramp(m.noise(9, 2), [(0.45, 0.0), (0.75, 1.0)])
        spots = m.ramp(m.math("SUBTRACT", dots, m.math("MULTIPLY", size, 0.13)), [(0.02, 1.0), (0.07, 0.0)])
        fine = m.ramp(m.voronoi(48), [(0.07, 1.0), (0.16, 0.0)])
        fine = m.math("MULTIPLY", fine, m.ramp(m.noise(6, 2), [(0.5, 0.0), (0.6, 1.0)]))
        both = m.math("MULTIPLY", m.math("MAXIMUM", spots, fine), speckle)
        col = m.mix(both, drift, speckle_color)
    m.link(col, "Base Color")
    m.link(m.ramp(m.noise(3, 4), [(0.3, rough * 0.8), (0.7, rough * 1.25)]), "Roughness")
    m.set(Specular=0.5)
    m.bump(m.noise(2.2, 2), 0.25, 0.02)
    m.bump(m.noise(28, 2), 0.06, 0.01)
    m.glaze = col
    return m


def glass(color=(1, 1, 1), rough=0.0, ior=1.48, shadow=0.9):
    """Glass that lets soft light through its shadow."""
    m = Mat("Glass")
    t = m.t
    g = m.node("BsdfGlass")
    g.inputs["Color"].default_value = (*color, 1)
    g.inputs["Roughness"].default_value = rough
    g.inputs["IOR"].default_value = ior
    tr = m.node("BsdfTransparent")
    tr.inputs["Color"].default_value = (*[c * shadow for c in color], 1)
    path = m.node("LightPath")
    mixer = m.node("MixShader")
    either = m.math("MAXIMUM", path.outputs["Is Shadow Ray"], path.outputs["Is Diffuse Ray"])
    m.link(either, mixer.inputs[0])
    m.link(g.outputs[0], mixer.inputs[1])
    m.link(tr.outputs[0], mixer.inputs[2])
    m.link(mixer.outputs[0], m.out.inputs["Surface"])
    t.nodes.remove(m.bsdf)
    return m


def metal(color=(0.8, 0.8, 0.8), rough=0.25, brushed=None, wear=0.3):
    m = Mat("Metal")
    m.set(Metallic=1.0, Base_Color=color)
    stretch = {"X": (0.05, 1, 1), "Y": (1, 0.05, 1), "Z": (1, 1, 0.03)}.get(brushed, (1, 1, 1))
    scale = 60 if brushed else 5
    n = m.noise(scale, 4, 0.6, stretch)
    m.link(m.ramp(n, [(0.3, rough * (1 - wear)), (0.7, rough * (1 + wear))]), "Roughness")
    if brushed:
        m.bump(n, 0.06, 0.01)
    return m


def wood(dark, light, scale=1.0, axis="X", rough=0.45, seed=0.0, rings=1.0, coat=0.0):
    """Planed timber with growth rings, fibres and pores running along `axis`."""
    m = Mat("Wood")
    along = {"X": (0.09, 1, 1), "Y": (1, 0.09, 1), "Z": (1, 1, 0.09)}[axis]
    fibre = {"X": (0.03, 1, 1), "Y": (1, 0.03, 1), "Z": (1, 1, 0.03)}[axis]
    base = m.node("Mapping")
    base.inputs["Location"].default_value = (seed * 3.1, seed * 1.7, seed * 2.3)
    m.link(m.coord.outputs["Object"], base.inputs["Vector"])

    class _Shift:
        outputs = {"Object": base.outputs[0]}
    keep, m.coord = m.coord, _Shift
    bend = m.noise(1.4 * scale, 3, 0.5, along)
    grain = m.math("FRACT", m.math("MULTIPLY", bend, 14 * rings))
    grain = m.ramp(grain, [(0.0, 0.15), (0.55, 0.75), (0.9, 1.0), (1.0, 0.15)])
    fine = m.noise(34 * scale, 5, 0.65, fibre)
    pores = m.ramp(m.noise(70 * scale, 2, 0.5, fibre), [(0.28, 1.0), (0.4, 0.0)])
    mid = blend(dark, light, 0.5)
    col = m.ramp(grain, [(0.0, blend(dark, mid, 0.4)), (0.5, mid), (1.0, light)])
    col = m.mix(0.42, col, m.ramp(fine, [(0.3, dark), (0.7, light)]))
    col = m.mix(m.math("MULTIPLY", pores, 0.75), col, shade(dark, 0.55))
    col = m.mix(0.28, col, m.ramp(m.noise(0.9 * scale, 2, 0.5, along), [(0.3, shade(mid, 0.85)), (0.7, shade(light, 1.0))]))
    m.link(col, "Base Color")
    m.link(m.ramp(fine, [(0.3, rough * 1.2), (0.7, rough * 0.85)]), "Roughness")
    m.set(Specular=0.35, Clearcoat=coat, Clearcoat_Roughness=0.2)
    m.bump(m.mix(0.5, fine, m.math("SUBTRACT", 1.0, pores)), 0.18, 0.012)
    m.coord = keep
    return m


def leather(color, rough=0.5, scale=1.0):
    """Full-grain leather: cells, creases and uneven polish."""
    m = Mat("Leather")
    cells = m.voronoi(34 * scale, "SMOOTH_F1")
    big = m.noise(2.2, 4, 0.55)
    m.link(m.ramp(m.mix(0.4, big, cells), [(0.2, shade(color, 0.72)), (0.75, shade(color, 1.12))]), "Base Color")
    m.link(m.ramp(m.noise(6, 5), [(0.3, rough * 0.8), (0.7, rough * 1.2)]), "Roughness")
    m.set(Specular=0.4)
    m.bump(m.math("SUBTRACT", 1.0, cells), 0.35, 0.02)
    m.bump(m.noise(90 * scale, 3), 0.15, 0.006)
    return m


def paper(color=(0.86, 0.83, 0.77), rough=0.8, fibre=0.12):
    m = Mat("Paper")
    m.link(m.ramp(m.noise(55, 5, 0.7), [(0.25, shade(color, 0.94)), (0.75, color)]), "Base Color")
    m.set(Roughness=rough, Specular=0.25)
    m.bump(m.noise(90, 4, 0.7), fibre, 0.008)
    return m


def printed(file, rough=0.6, coat=0.0, fibre=0.08):
    """Paper printed with an image, laid out by the object's UVs."""
    m = Mat("Printed")
    col, _ = m.image(file, extension="EXTEND")
    m.link(col, "Base Color")
    m.set(Roughness=rough, Specular=0.35, Clearcoat=coat, Clearcoat_Roughness=0.15)
    if fibre:
        m.bump(m.noise(110, 4, 0.7), fibre, 0.006)
    return m


def plastic(color, rough=0.35, sss=0.0, grain=0.05):
    m = Mat("Plastic")
    m.set(Base_Color=color, Specular=0.45)
    m.link(m.ramp(m.noise(7, 4), [(0.3, rough * 0.85), (0.7, rough * 1.15)]), "Roughness")
    if sss:
        m.set(Subsurface=sss, Subsurface_Color=color, Subsurface_Radius=(0.1, 0.07, 0.05))
    if grain:
        m.bump(m.noise(120, 2), grain, 0.005)
    return m


def cloth(color, second=None, thread=40, rough=0.95, strength=0.6, space="Object", fuzz=0.3, slub=0.25):
    """Woven cloth: crossing threads with uneven yarn."""
    m = Mat("Cloth", space)
    warp = m.wave(thread, "X", 0.6, 1)
    weft = m.wave(thread, "Y", 0.6, 1)
    weave = m.math("MAXIMUM", m.math("MULTIPLY", warp, 1.0), m.math("MULTIPLY", weft, 0.92))
    second = second or shade(color, 0.72)
    yarn = m.noise(thread * 0.35, 4, 0.6, (1, 0.15, 1))
    col = m.ramp(weave, [(0.15, shade(second, 0.7)), (0.55, second), (1.0, color)])
    col = m.mix(slub, col, m.ramp(yarn, [(0.35, second), (0.65, shade(color, 1.1))]))
    m.link(col, "Base Color")
    m.set(Roughness=rough, Specular=0.1, Sheen=fuzz, Sheen_Tint=0.6)
    m.bump(weave, strength, 0.02)
    m.bump(m.noise(thread * 3, 3, 0.7), 0.25, 0.01)
    return m


# --------------------------------------------------------------------------
# Shapes
# --------------------------------------------------------------------------

def mesh(name, verts, faces, material=None, smooth=False, uvs=None, auto=None):
    """A mesh object; `uvs` is one (u, v) per vertex."""
    me = bpy.data.meshes.new(name)
    me.from_pydata([tuple(v) for v in verts], [], faces)
    if uvs:
        layer = me.uv_layers.new(name="UVMap")
        for loop in me.loops:
            layer.data[loop.index].uv = uvs[loop.vertex_index]
    me.update()
    o = bpy.data.objects.new(name, me)
    bpy.context.collection.objects.link(o)
    if material is not None:
        o.data.materials.append(material.m)
    if smooth:
        for p in me.polygons:
            p.use_smooth = True
    if auto:
        me.use_auto_smooth = True
        me.auto_smooth_angle = math.radians(auto)
    return o


def paint(o, material):
    """Swap an object's material."""
    o.data.materials.clear()
    o.data.materials.append(material.m)
    return o


def modifier(o, kind, **props):
    m = o.modifiers.new(kind, kind)
    for key, value in props.items():
        setattr(m, key, value)
    return m


def fillet(points, segments=7):
    """Round the corners of a polyline of (x, y[, radius])."""
    out = []
    n = len(points)
    for i, p in enumerate(points):
        r = p[2] if len(p) > 2 else 0
        if r == 0 or i in (0, n - 1):
            out.append((p[0], p[1]))
            continue
        c = Vector(p[:2])
        a, b = Vector(points[i - 1][:2]) - c, Vector(points[i + 1][:2]) - c
        la, lb = a.length, b.length
        a.normalize()
        b.normalize()
        angle = a.angle(b)
        t = min(r / math.tan(angle / 2), la * 0.49, lb * 0.49)
        p0, p1 = c + a * t, c + b * t
        for k in range(segments + 1):
            s = k / segments
            q = (1 - s) ** 2 * p0 + 2 * s * (1 - s) * c + s * s * p1
            out.append((q.x, q.y))
    return out


def curve_points(points, per=10):
    """A smooth Catmull-Rom line through points of any dimension."""
    pts = [np.array(p, float) for p in points]
    pts = [2 * pts[0] - pts[1]] + pts + [2 * pts[-1] - pts[-2]]
    out = []
    for i in range(1, len(pts) - 2):
        a, b, c, d = pts[i - 1:i + 3]
        for k in range(per):
            t = k / per
            out.append(tuple(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t
                                    + (3 * b - a - 3 * c + d) * t ** 3)))
    out.append(tuple(pts[-2]))
    return out


def lathe(profile, material=None, steps=128, name="Lathe", wobble=0.0, auto=55):
    """Turn a profile of (r, z) about the z axis. UV: u round the axis, v along the profile."""
    verts, faces, uvs = [], [], []
    n = len(profile)
    length = [0.0]
    for a, b in zip(profile, profile[1:]):
        length.append(length[-1] + math.dist(a, b))
    for i in range(steps + 1):
        a = 2 * math.pi * i / steps + math.pi / 2
        for j, (r, z) in enumerate(profile):
            w = 1 + wobble * (math.sin(3 * a + z * 2) * 0.6 + math.sin(2 * a - z * 5) * 0.4)
            verts.append((r * w * math.cos(a), r * w * math.sin(a), z))
            uvs.append((i / steps, length[j] / length[-1]))
    for i in range(steps):
        for j in range(n - 1):
            q = (i * n + j, (i + 1) * n + j, (i + 1) * n + j + 1, i * n + j + 1)
            faces.append(q)
    o = mesh(name, verts, faces, material, True, uvs, auto)
    b = bmesh.new()
    b.from_mesh(o.data)
    bmesh.ops.remove_doubles(b, verts=b.verts, dist=1e-5)
    bmesh.ops.recalc_face_normals(b, faces=b.faces)
    b.to_mesh(o.data)
    b.free()
    modifier(o, "WEIGHTED_NORMAL", keep_sharp=True)
    return o


def box(size, loc=(0, 0, 0), material=None, bevel=0.03, segments=5, name="Box", rot=(0, 0, 0)):
    """A box with rounded edges."""
    x, y, z = (s / 2 for s in size)
    verts = [(i, j, k) for i in (-x, x) for j in (-y, y) for k in (-z, z)]
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    o = mesh(name, verts, faces, material, True, auto=60)
    o.location = loc
    o.rotation_euler = [math.radians(a) for a in rot]
    if bevel:
        modifier(o, "BEVEL", width=bevel, segments=segments, limit_method="ANGLE")
        modifier(o, "WEIGHTED_NORMAL", keep_sharp=True)
    return o


def slab(outline, z0, z1, material=None, bevel=0.03, segments=5, name="Slab"):
    """Extrude a closed (x, y) outline from z0 to z1 with rounded edges."""
    n = len(outline)
    verts = [(x, y, z0) for x, y in outline] + [(x, y, z1) for x, y in outline]
    faces = [tuple(range(n - 1, -1, -1)), tuple(range(n, 2 * n))]
    faces += [(i, (i + 1) % n, (i + 1) % n + n, i + n) for i in range(n)]
    o = mesh(name, verts, faces, material, True, auto=50)
    if bevel:
        modifier(o, "BEVEL", width=bevel, segments=segments, limit_method="ANGLE", angle_limit=math.radians(50))
        modifier(o, "WEIGHTED_NORMAL", keep_sharp=True)
    return o


def rounded_rect(w, h, r, segments=10):
    """The outline of a rounded rectangle about the origin."""
    out = []
    for cx, cy, a0 in ((w / 2 - r, h / 2 - r, 0), (r - w / 2, h / 2 - r, 90),
                       (r - w / 2, r - h / 2, 180), (w / 2 - r, r - h / 2, 270)):
        for k in range(segments + 1):
            a = math.radians(a0 + 90 * k / segments)
            out.append((cx + r * math.cos(a), cy + r * math.sin(a)))
    return out


def tube(points, radius, material=None, profile=(1, 1), sides=24, name="Tube", closed=False, up=(0, 0, 1)):
    """Sweep an ellipse along 3-D points; `radius` is a number or one per point."""
    pts = [Vector(p) for p in points]
    n = len(pts)
    radii = radius if isinstance(radius, (list, tuple)) else [radius] * n
    verts, faces = [], []
    side = None
    for i, p in enumerate(pts):
        a, b = pts[i - 1 if (i or closed) else 0], pts[(i + 1) % n if (closed or i < n - 1) else i]
        tangent = (b - a).normalized()
        if side is None:
            side = tangent.cross(Vector(up))
            if side.length < 1e-4:
                side = tangent.cross(Vector((1, 0, 0)))
        side = (side - tangent * side.dot(tangent)).normalized()
        normal = side.cross(tangent)
        for k in range(sides):
            t = 2 * math.pi * k / sides
            verts.append(p + side * (radii[i] * profile[0] * math.cos(t)) + normal * (radii[i] * profile[1] * math.sin(t)))
    rings = n if closed else n - 1
    for i in range(rings):
        for k in range(sides):
            j = (i + 1) % n
            faces.append((i * sides + k, i * sides + (k + 1) % sides, j * sides + (k + 1) % sides, j * sides + k))
    if not closed:
        faces.append(tuple(range(sides - 1, -1, -1)))
        faces.append(tuple(range((n - 1) * sides, n * sides)))
    o = mesh(name, verts, faces, material, True, auto=70)
    b = bmesh.new()
    b.from_mesh(o.data)
    bmesh.ops.recalc_face_normals(b, faces=b.faces)
    b.to_mesh(o.data)
    b.free()
    return o


def sphere(radius, loc, material, name="Sphere", segments=64):
    bpy.ops.mesh.primitive_uv_sphere_add(segments=segments, ring_count=segments // 2, radius=radius, location=loc)
    o = bpy.context.object
    o.name = name
    for p in o.data.polygons:
        p.use_smooth = True
    o.data.materials.append(material.m)
    return o


def wrap_label(radius, z0, z1, arc, material, turn=0.0, lift=0.004, steps=96, radius_top=None):
    """A label bent round a cylinder (or cone), centred on the camera side."""
    top = radius if radius_top is None else radius_top
    verts, uvs, faces = [], [], []
    for i in range(steps + 1):
        u = i / steps
        a = math.radians(-90 + turn + (u - 0.5) * arc)
        for v, (z, r) in enumerate(((z0, radius + lift), (z1, top + lift))):
            verts.append((r * math.cos(a), r * math.sin(a), z))
            uvs.append((u, v))
    for i in range(steps):
        faces.append((2 * i, 2 * i + 2, 2 * i + 3, 2 * i + 1))
    return mesh("Label", verts, faces, material, True, uvs)


def panel(w, h, loc, material, rot=(90, 0, 0)):
    """A flat printed panel; unrotated it lies on the floor, by default it faces the camera."""
    o = mesh("Panel", [(-w / 2, -h / 2, 0), (w / 2, -h / 2, 0), (w / 2, h / 2, 0), (-w / 2, h / 2, 0)],
             [(0, 1, 2, 3)], material, uvs=[(0, 0), (1, 0), (1, 1), (0, 1)])
    o.location = loc
    o.rotation_euler = [math.radians(a) for a in rot]
    return o


def group(objects, loc=(0, 0, 0), rot=(0, 0, 0), scale=1.0):
    """Move several objects as one."""
    e = bpy.data.objects.new("Group", None)
    bpy.context.collection.objects.link(e)
    for o in objects:
        if o.parent is None:
            o.parent = e
    e.location = loc
    e.rotation_euler = [math.radians(a) for a in rot]
    e.scale = (scale,) * 3
    return e


def copy(o, loc=(0, 0, 0), rot=(0, 0, 0)):
    """A linked duplicate of an object (or of a group and its members)."""
    c = o.copy()
    bpy.context.collection.objects.link(c)
    for child in o.children:
        k = copy(child, child.location, [math.degrees(a) for a in child.rotation_euler])
        k.parent = c
    c.location = loc
    c.rotation_euler = [math.radians(a) for a in rot]
    return c


def show(objects, visible):
    for o in objects:
        o.hide_render = not visible
        show(o.children, visible)
