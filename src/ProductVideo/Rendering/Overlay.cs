using System.Runtime.CompilerServices;

namespace ProductVideo.Rendering;

/// <summary>A card in the frame's own planes, laid over frames with any strength. Made once, drawn often.</summary>
internal sealed class Overlay
{
    private readonly int _left;
    private readonly int _top;
    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _luma;
    private readonly byte[] _lumaCover;
    private readonly byte[] _blue;
    private readonly byte[] _red;
    private readonly byte[] _chromaCover;

    /// <param name="card">Even width and height.</param>
    /// <param name="left">Where it goes, even.</param>
    /// <param name="top">Where it goes, even.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Overlay(Bitmap card, int left, int top)
    {
        if (((card.Width | card.Height | left | top) & 1) != 0)
            throw new ArgumentException("Chroma has half the samples: sizes and places must be even.", nameof(card));
        (_left, _top, _width, _height) = (left, top, card.Width, card.Height);
        _luma = new byte[_width * _height];
        _lumaCover = new byte[_width * _height];
        for (var i = 0; i < _luma.Length; i++)
        {
            var pixel = card.Rgba.AsSpan(i * 4, 4);
            _luma[i] = Bt709.Luma(pixel[0], pixel[1], pixel[2]);
            _lumaCover[i] = pixel[3];
        }

        _blue = new byte[_luma.Length / 4];
        _red = new byte[_luma.Length / 4];
        _chromaCover = new byte[_luma.Length / 4];
        for (var y = 0; y < _height / 2; y++)
        {
            for (var x = 0; x < _width / 2; x++)
                SetChroma(card, x, y);
        }
    }

    /// <summary>Lays the card over a frame, as strongly as <paramref name="presence"/> says: 0 to 256.</summary>
    public void Draw(Frame frame, int presence, VectorPath path)
    {
        if (presence == 0)
            return;
        for (var y = 0; y < _height; y++)
        {
            var row = frame.Luma.Slice((_top + y) * frame.Width + _left, _width);
            Blend.Over(row, _luma.AsSpan(y * _width, _width), _lumaCover.AsSpan(y * _width, _width), presence, path);
        }

        var (halfWidth, halfFrame) = (_width / 2, frame.Width / 2);
        for (var y = 0; y < _height / 2; y++)
        {
            var at = (_top / 2 + y) * halfFrame + _left / 2;
            var cover = _chromaCover.AsSpan(y * halfWidth, halfWidth);
            Blend.Over(frame.Blue.Slice(at, halfWidth), _blue.AsSpan(y * halfWidth, halfWidth), cover, presence, path);
            Blend.Over(frame.Red.Slice(at, halfWidth), _red.AsSpan(y * halfWidth, halfWidth), cover, presence, path);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetChroma(Bitmap card, int x, int y)
    {
        int r = 0, g = 0, b = 0, alpha = 0;
        for (var i = 0; i < 4; i++)
        {
            var pixel = card.Rgba.AsSpan(((2 * y + i / 2) * _width + 2 * x + i % 2) * 4, 4);
            r += pixel[0] * pixel[3];
            g += pixel[1] * pixel[3];
            b += pixel[2] * pixel[3];
            alpha += pixel[3];
        }

        // Colour counts as much as it covers, else clear pixels would darken the edge.
        var share = Math.Max(1, alpha);
        var at = y * (_width / 2) + x;
        _blue[at] = Bt709.Blue(r / share, g / share, b / share, 0);
        _red[at] = Bt709.Red(r / share, g / share, b / share, 0);
        _chromaCover[at] = (byte)((alpha + 2) / 4);
    }
}
