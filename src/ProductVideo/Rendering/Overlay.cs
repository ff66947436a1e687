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

    /// <summary>Lays the card over a frame, as strongly as <paramref name="presence"/> says: 0 to 256. What lies outside the frame is left out.</summary>
    public void Draw(Frame frame, int presence, VectorPath path)
    {
        var (left, top) = (Math.Max(0, -_left), Math.Max(0, -_top));
        var (width, bottom) = (Math.Min(_width, frame.Width - _left) - left, Math.Min(_height, frame.Height - _top));
        if (presence == 0 || width <= 0)
            return;
        for (var y = top; y < bottom; y++)
        {
            var (from, to) = (y * _width + left, (_top + y) * frame.Width + _left + left);
            Blend.Over(frame.Luma.Slice(to, width), _luma.AsSpan(from, width), _lumaCover.AsSpan(from, width), presence, path);
        }

        for (var y = top / 2; y < bottom / 2; y++)
        {
            var (from, to) = (y * (_width / 2) + left / 2, (_top / 2 + y) * (frame.Width / 2) + (_left + left) / 2);
            var cover = _chromaCover.AsSpan(from, width / 2);
            Blend.Over(frame.Blue.Slice(to, width / 2), _blue.AsSpan(from, width / 2), cover, presence, path);
            Blend.Over(frame.Red.Slice(to, width / 2), _red.AsSpan(from, width / 2), cover, presence, path);
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
