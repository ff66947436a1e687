using ProductVideo.Catalog;

namespace ProductVideo.Planning;

/// <summary>Gives pictures their parts, and remembers which were seen.</summary>
internal sealed class PictureRoles(IReadOnlyList<ProductImage> pictures)
{
    private readonly bool[] _seen = new bool[pictures.Count];
    private int _last = -1;

    public bool AnyUnseen => Array.IndexOf(_seen, false) >= 0;

    public int Pick(PictureRole role)
    {
        _last = role switch
        {
            PictureRole.Main => 0,
            PictureRole.Same when _last >= 0 => _last,
            PictureRole.Detail => Detail(),
            _ => Next(),
        };
        _seen[_last] = true;
        return _last;
    }

    private int Next()
    {
        var unseen = Array.IndexOf(_seen, false);
        return unseen >= 0 ? unseen : (_last + 1) % pictures.Count;
    }

    private int Detail()
    {
        for (var i = 0; i < pictures.Count; i++)
        {
            var words = pictures[i].AltText;
            if (!_seen[i] && words is not null && FactWords.Shipped.Details.Any(w => words.Contains(w, StringComparison.OrdinalIgnoreCase)))
                return i;
        }

        var last = Array.LastIndexOf(_seen, false);
        return last > 0 ? last : Next();
    }
}
