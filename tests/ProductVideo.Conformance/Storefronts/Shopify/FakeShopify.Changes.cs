using System.Globalization;

namespace ProductVideo.Conformance.Storefronts.Shopify;

/// <content>What it is told to do.</content>
public sealed partial class FakeShopify
{
    private FakeNode Change(string field, IReadOnlyDictionary<string, object?> arguments)
    {
        if (Refusals.Remove(field, out var code))
            return Refuse(field, code.Length > 0 ? code : null);
        return field switch
        {
            "stagedUploadsCreate" => Done(field, "stagedTargets", Inputs(arguments, "input").Select(Stage).ToList()),
            "fileCreate" => Create(Inputs(arguments, "files").Single()),
            "fileUpdate" => Link(Inputs(arguments, "files").Single()),
            "fileDelete" => Delete(((IEnumerable<object>)arguments["fileIds"]!).Select(Number).ToList()),
            "productReorderMedia" => Reorder(Number(arguments["id"]), Inputs(arguments, "moves").Single()),
            _ => throw new ArgumentException($"This shop can't do '{field}'.", nameof(field)),
        };
    }

    private FakeNode Create(IReadOnlyDictionary<string, object?> file)
    {
        var now = DateTimeOffset.UtcNow;
        if (WeeklyQuota is { } quota && _videos.Values.Count(video => video.CreatedAt > now.AddDays(-7)) >= quota)
            return Refuse("fileCreate", code: null);
        if (_stages.Values.FirstOrDefault(stage => stage.ResourceUrl == (string?)file["originalSource"]) is not { Bytes: { } bytes })
            return Refuse("fileCreate", "INVALID");
        var name = (string)file["filename"]!;
        if (Equals(file["duplicateResolutionMode"], "RAISE_ERROR"))
        {
            if (!TakesRaiseError)
                return Refuse("fileCreate", "INVALID_DUPLICATE_MODE_FOR_TYPE");
            if (_videos.Values.Any(video => video.FileName == name))
                return Refuse("fileCreate", "FILENAME_ALREADY_EXISTS");
        }
        else if (_videos.Values.Any(video => video.FileName == name))
        {
            name = $"{Path.GetFileNameWithoutExtension(name)}_{Guid.NewGuid()}.mp4";
        }

        var video = _videos[++_ids] = new FakeVideo(_ids, bytes) { FileName = name, Alt = (string?)file["alt"], CreatedAt = now, LooksLeft = LooksUntilReady, FailsWith = NextVideoFailsWith };
        return Done("fileCreate", "files", new List<FakeNode> { video.View(Address) });
    }

    private FakeNode Link(IReadOnlyDictionary<string, object?> file)
    {
        if (!_videos.TryGetValue(Number(file["id"]), out var video))
            return Refuse("fileUpdate", "FILE_DOES_NOT_EXIST");
        if (video.Status != "READY")
            return Refuse("fileUpdate", "NON_READY_STATE");
        foreach (var product in References("referencesToAdd"))
        {
            if (!_products.TryGetValue(product, out var found))
                return Refuse("fileUpdate", "REFERENCE_TARGET_DOES_NOT_EXIST");
            if (!found.Media.Contains(video.Id))
            {
                found.VideoIds.Add(video.Id);
                found.Media.Add(video.Id);
            }
        }

        foreach (var product in References("referencesToRemove"))
            _products.GetValueOrDefault(product)?.Media.Remove(video.Id);
        return Done("fileUpdate", "files", new List<FakeNode> { video.View(Address) });

        List<long> References(string name) => file.GetValueOrDefault(name) is IEnumerable<object> ids ? [.. ids.Select(Number)] : [];
    }

    private FakeNode Delete(List<long> ids)
    {
        if (ids.Exists(id => !_videos.ContainsKey(id)))
            return Refuse("fileDelete", "FILE_DOES_NOT_EXIST");
        foreach (var id in ids)
        {
            _videos.Remove(id);
            foreach (var product in _products.Values)
                product.Media.Remove(id);
        }

        return Done("fileDelete", "deletedFileIds", ids.ConvertAll(id => $"gid://shopify/Video/{id}"));
    }

    private FakeNode Reorder(long id, IReadOnlyDictionary<string, object?> move)
    {
        if (!_products.TryGetValue(id, out var product))
            return Refuse("productReorderMedia", "PRODUCT_DOES_NOT_EXIST");
        var media = Number(move["id"]);
        if (!product.Media.Remove(media))
            return Refuse("productReorderMedia", "MEDIA_DOES_NOT_EXIST_ON_PRODUCT");
        product.Media.Insert(Math.Min(product.Media.Count, int.Parse((string)move["newPosition"]!, CultureInfo.InvariantCulture)), media);
        return Done("productReorderMedia", "job", new FakeNode("Job") { ["id"] = "gid://shopify/Job/1", ["done"] = false });
    }

    private static IEnumerable<IReadOnlyDictionary<string, object?>> Inputs(IReadOnlyDictionary<string, object?> arguments, string name) =>
        ((IEnumerable<object>)arguments[name]!).Select(input => new Dictionary<string, object?>((IDictionary<string, object?>)input, StringComparer.Ordinal));

    private static FakeNode Done(string field, string member, object? value) => Payload(field, member, value, []);

    private static FakeNode Refuse(string field, string? code) => Payload(field, "", value: null, [new FakeNode(ErrorOf(field)) { ["code"] = code, ["message"] = "Shopify's own words.", ["field"] = new List<string> { "input" } }]);

    private static FakeNode Payload(string field, string member, object? value, List<FakeNode> errors) =>
        new(char.ToUpperInvariant(field[0]) + field[1..] + "Payload") { [member] = value, [field == "productReorderMedia" ? "mediaUserErrors" : "userErrors"] = errors };

    private static string ErrorOf(string field) => field switch
    {
        "stagedUploadsCreate" => "UserError", "productReorderMedia" => "MediaUserError", _ => "FilesUserError",
    };
}
